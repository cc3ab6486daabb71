// SPDX-License-Identifier: Apache-2.0
// What somebody would try who runs code of his own in a worker. Each trick gives -1 and errno where it is refused.
// Without the lock, most of them work for any user; none harms the machine that it runs on.
#define _GNU_SOURCE
#include "CEscape.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { input = 0, control = 3 };

/// A child's way out: it must not go on with the tricks.
static long parted(long pid) {
    if (pid == 0) _exit(0);
    if (pid > 0) waitpid((pid_t)pid, NULL, __WALL);
    return pid;
}

static long any_socket(int type) {
    for (int family = 0; family < 64; family++) {
        int made = socket(family, type, 0);
        if (made >= 0) return made;
        if (errno != EACCES) continue;
        // Refused by the lock, as all the others will be: go on, to be sure.
    }
    return -1;
}

static long send_descriptor(void) {
    char byte = 0, room[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec piece = {&byte, 1};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &(int){input}, sizeof(int));
    return sendmsg(control, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static long connect_somewhere(void) {
    struct sockaddr_un to = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    return connect(control, (struct sockaddr *)&to, sizeof to);
}

static long execute_memory(void) {
    char *const nothing[] = {NULL};
    int program = (int)syscall(SYS_memfd_create, "program", 0);
    // Not a program, so that the attempt ends here also where it is let through.
    long got = syscall(SYS_execveat, program, "", nothing, nothing, AT_EMPTY_PATH);
    return got == -1 && (errno == ENOEXEC || errno == EACCES) ? 0 : got;
}

static long execute_shell(void) {
    char *const words[] = {"/bin/true", NULL};
    return execve("/bin/true", words, NULL);
}

static long make_writable_executable(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return -1;
    return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static long map(int protection, int flags, int file) { return mmap(NULL, 4096, protection, flags, file, 0) == MAP_FAILED ? -1 : 0; }

static long look_into_parent(int call) {
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)&escape_run, 1};
    return syscall(call, getppid(), &here, 1, &there, 1, 0);
}

static long by_handle(void) {
    struct { struct file_handle head; char rest[128]; } handle = {.head = {.handle_bytes = 128}};
    int mount;
    return syscall(SYS_name_to_handle_at, AT_FDCWD, "/", &handle, &mount, 0);
}

static long set_limit(void) { return setrlimit(RLIMIT_CORE, &(struct rlimit){0}); }
static long limit_parent(void) { return prlimit(getppid(), RLIMIT_CORE, NULL, &(struct rlimit){0}); }

static long start_thread(void) {
    return parted(syscall(SYS_clone, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, 0, 0, 0, 0));
}

static long clone_by_structure(void) {
    uint64_t arguments[11] = {[4] = SIGCHLD};
    return parted(syscall(SYS_clone3, arguments, sizeof arguments));
}

static long queue_signal(void) {
    siginfo_t what = {.si_signo = 0, .si_code = SI_QUEUE};
    return syscall(SYS_rt_sigqueueinfo, getppid(), 0, &what);
}

static long open_new_way(void) {
    struct open_how how = {.flags = O_RDONLY};
    return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", &how, sizeof how);
}

static long allow_everything(void) {
    struct { uint16_t code; uint8_t yes, no; uint32_t value; } step = {6, 0, 0, 0x7fff0000};
    struct { uint16_t count; void *steps; } filter = {1, &step};
    // Allowed only where a worker has to lock itself further: a filter never gives anything back.
    if (syscall(SYS_seccomp, 1, 0, &filter) != 0) return -1;
    return open("/etc/passwd", O_RDONLY);
}

static long remember_memory(void) { return syscall(SYS_shmget, 0, 4096, 01600); }

#if defined(__x86_64__)
/// getpid by the interface of 32-bit programs, whose numbers mean other calls.
static long call_as_32_bit(void) {
    long number = 20;
    __asm__ volatile("int $0x80" : "+a"(number) : : "memory", "r8", "r9", "r10", "r11");
    return number;
}
static long call_as_x32(void) { return syscall(0x40000000 | SYS_getpid); }
#endif

#define TRICKS(TRICK) \
    TRICK("open a file", open("/etc/passwd", O_RDONLY)) \
    TRICK("open a file by openat2", open_new_way()) \
    TRICK("open a directory", open("/", O_RDONLY | O_DIRECTORY)) \
    TRICK("open a path without rights", open("/", O_PATH)) \
    TRICK("open the working directory", openat(AT_FDCWD, ".", O_RDONLY)) \
    TRICK("open a device", open("/dev/null", O_WRONLY)) \
    TRICK("open the terminal", open("/dev/tty", O_RDWR)) \
    TRICK("make a file", open("/tmp/.intray-escape", O_WRONLY | O_CREAT | O_TRUNC, 0600)) \
    TRICK("make a file without a name", open("/tmp", O_WRONLY | O_TMPFILE, 0600)) \
    TRICK("open the input anew, by /proc", open("/proc/self/fd/0", O_RDONLY)) \
    TRICK("open the input for writing, by /proc", open("/proc/self/fd/0", O_RDWR)) \
    TRICK("open its own memory", open("/proc/self/mem", O_RDWR)) \
    TRICK("open its environment", open("/proc/self/environ", O_RDONLY)) \
    TRICK("open the parent's descriptors", open("/proc/1/fd", O_RDONLY)) \
    TRICK("write to the input", write(input, "x", 1)) \
    TRICK("cut the input short", ftruncate(input, 0)) \
    TRICK("change the input's mode", fchmod(input, 0777)) \
    TRICK("change the input's owner", fchown(input, (uid_t)-1, (gid_t)-1)) \
    TRICK("change the input's times", futimens(input, NULL)) \
    TRICK("give the input an attribute", syscall(SYS_fsetxattr, input, "user.x", "x", 1, 0)) \
    TRICK("lock the input", syscall(SYS_flock, input, 1 | 4)) \
    TRICK("change the input's flags", fcntl(input, F_SETFL, O_NONBLOCK)) \
    TRICK("ask for signals about the input", fcntl(input, F_SETOWN, getppid())) \
    TRICK("look at a path", access("/", F_OK)) \
    TRICK("inspect a path", syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", &(struct stat){0}, 0)) \
    TRICK("inspect a path by statx", syscall(SYS_statx, AT_FDCWD, "/", 0, 0x7ff, (char[256]){0})) \
    TRICK("read a link", syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", (char[256]){0}, 256)) \
    TRICK("inspect a file system", statfs("/", &(struct statfs){0})) \
    TRICK("ask where it is", syscall(SYS_getcwd, (char[256]){0}, 256)) \
    TRICK("go elsewhere", chdir("/tmp")) \
    TRICK("change the root", chroot("/")) \
    TRICK("make a folder", mkdir("/tmp/.intray-escape-folder", 0700)) \
    TRICK("make a symbolic link", symlink("/", "/tmp/.intray-escape-link")) \
    TRICK("make a hard link", link("/tmp/.intray-escape", "/tmp/.intray-escape-2")) \
    TRICK("make a FIFO", mknod("/tmp/.intray-escape-fifo", S_IFIFO | 0600, 0)) \
    TRICK("rename", rename("/tmp/.intray-escape", "/tmp/.intray-escape-3")) \
    TRICK("remove", unlink("/tmp/.intray-escape-3")) \
    TRICK("change a mode", chmod("/tmp/.intray-escape-folder", 0755)) \
    TRICK("remove a folder", rmdir("/tmp/.intray-escape-folder")) \
    TRICK("name a file by its handle", by_handle()) \
    TRICK("watch files", syscall(SYS_inotify_init1, 0)) \
    TRICK("copy the input to the control socket", syscall(SYS_sendfile, control, input, NULL, 1)) \
    TRICK("duplicate a descriptor", dup(input)) \
    TRICK("make a pipe", pipe((int[2]){0})) \
    TRICK("control a device", ioctl(input, FIONREAD, &(int){0})) \
    TRICK("type into the terminal", ioctl(input, TIOCSTI, "x")) \
    TRICK("a stream socket of any family", any_socket(SOCK_STREAM)) \
    TRICK("a datagram socket of any family", any_socket(SOCK_DGRAM)) \
    TRICK("a raw socket of any family", any_socket(SOCK_RAW)) \
    TRICK("a pair of sockets", socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0})) \
    TRICK("connect", connect_somewhere()) \
    TRICK("bind", bind(control, (struct sockaddr *)&(struct sockaddr_un){.sun_family = AF_UNIX}, sizeof(sa_family_t))) \
    TRICK("listen", listen(control, 1)) \
    TRICK("accept", accept(control, NULL, NULL)) \
    TRICK("send a descriptor away", send_descriptor()) \
    TRICK("fork", parted(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0))) \
    TRICK("clone by a structure", clone_by_structure()) \
    TRICK("start a thread", start_thread()) \
    TRICK("run a program", execute_shell()) \
    TRICK("run a program from memory", execute_memory()) \
    TRICK("make a file in memory", syscall(SYS_memfd_create, "x", 0)) \
    TRICK("map new executable memory", map(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1)) \
    TRICK("map the input as executable", map(PROT_READ | PROT_EXEC, MAP_PRIVATE, input)) \
    TRICK("map the input to write to it", map(PROT_READ | PROT_WRITE, MAP_SHARED, input)) \
    TRICK("make written memory executable", make_writable_executable()) \
    TRICK("make memory executable by a key", syscall(SYS_pkey_mprotect, 0, 0, PROT_EXEC, -1)) \
    TRICK("run with readable memory executable", personality(READ_IMPLIES_EXEC)) \
    TRICK("randomize no addresses", personality(ADDR_NO_RANDOMIZE)) \
    TRICK("let itself be traced", ptrace(PTRACE_TRACEME, 0, 0, 0)) \
    TRICK("trace the parent", ptrace(PTRACE_SEIZE, getppid(), 0, 0)) \
    TRICK("read the parent's memory", look_into_parent(SYS_process_vm_readv)) \
    TRICK("write the parent's memory", look_into_parent(SYS_process_vm_writev)) \
    TRICK("compare itself with the parent", syscall(SYS_kcmp, getpid(), getppid(), 0, 0, 0)) \
    TRICK("signal the parent", kill(getppid(), 0)) \
    TRICK("signal everybody", kill(-1, 0)) \
    TRICK("signal a thread of the parent", syscall(SYS_tgkill, getppid(), getppid(), 0)) \
    TRICK("signal a thread anywhere", syscall(SYS_tkill, getppid(), 0)) \
    TRICK("queue a signal", queue_signal()) \
    TRICK("hold on to the parent", syscall(SYS_pidfd_open, getppid(), 0)) \
    TRICK("signal itself", raise(0)) \
    TRICK("move to another process group", setpgid(0, 0)) \
    TRICK("begin a session", setsid()) \
    TRICK("outlive the daemon", prctl(PR_SET_PDEATHSIG, 0)) \
    TRICK("become dumpable", prctl(PR_SET_DUMPABLE, 1)) \
    TRICK("keep capabilities", prctl(PR_SET_KEEPCAPS, 1)) \
    TRICK("adopt orphans", prctl(PR_SET_CHILD_SUBREAPER, 1)) \
    TRICK("take a name", prctl(PR_SET_NAME, "intray")) \
    TRICK("undo the lock by another filter", allow_everything()) \
    TRICK("set a limit", set_limit()) \
    TRICK("read the parent's limits", limit_parent()) \
    TRICK("go before others", setpriority(PRIO_PROCESS, 0, 19)) \
    TRICK("choose processors", sched_setaffinity(0, sizeof(cpu_set_t), &(cpu_set_t){{1}})) \
    TRICK("choose a scheduler", sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0})) \
    TRICK("become root", setuid(0)) \
    TRICK("become root's group", setgid(0)) \
    TRICK("become root in all ways", setresuid(0, 0, 0)) \
    TRICK("take capabilities", syscall(SYS_capset, (uint32_t[]){0x20080522, 0}, (uint32_t[]){1 << 21, 1 << 21, 0, 0, 0, 0})) \
    TRICK("a user namespace", unshare(CLONE_NEWUSER)) \
    TRICK("a name space for files", unshare(CLONE_FS)) \
    TRICK("enter a namespace", setns(input, 0)) \
    TRICK("mount", syscall(SYS_mount, "x", "/tmp/.intray-nowhere", "tmpfs", 0, 0)) \
    TRICK("open a file system", syscall(SYS_fsopen, "tmpfs", 0)) \
    TRICK("shared memory", remember_memory()) \
    TRICK("a message queue", syscall(SYS_msgget, 0, 01600)) \
    TRICK("semaphores", syscall(SYS_semget, 0, 1, 01600)) \
    TRICK("a named message queue", syscall(SYS_mq_open, "intray-escape", O_RDWR | O_CREAT, 0600, 0)) \
    TRICK("io_uring", syscall(SYS_io_uring_setup, 1, (char[256]){0})) \
    TRICK("asynchronous input", syscall(SYS_io_setup, 1, &(unsigned long){0})) \
    TRICK("load a BPF program", syscall(SYS_bpf, 0, (char[128]){0}, 128)) \
    TRICK("measure performance", syscall(SYS_perf_event_open, (uint32_t[32]){1, 128}, 0, -1, -1, 0)) \
    TRICK("handle page faults", syscall(SYS_userfaultfd, 1)) \
    TRICK("a key ring", syscall(SYS_keyctl, 0, -3, 0)) \
    TRICK("add a key", syscall(SYS_add_key, "user", "intray-escape", "x", 1, -1)) \
    TRICK("load a module", syscall(SYS_init_module, 0, 0, "")) \
    TRICK("read the kernel's log", syscall(SYS_syslog, 10, 0, 0)) \
    TRICK("wait for events", syscall(SYS_epoll_create1, 0)) \
    TRICK("an event counter", eventfd(0, 0)) \
    TRICK("a timer as a file", timerfd_create(CLOCK_MONOTONIC, 0)) \
    TRICK("an alarm", setitimer(ITIMER_VIRTUAL, &(struct itimerval){0}, NULL)) \
    TRICK("tell the time", clock_gettime(CLOCK_REALTIME, &(struct timespec){0})) \
    TRICK("read the input", pread(input, (char[1]){0}, 1, 0))

static const char *const names[] = {
#define NAME(text, expression) text,
    TRICKS(NAME)
#if defined(__x86_64__)
    "call as a 32-bit program",
    "call as an x32 program",
#endif
};

int escape_tricks(void) { return (int)(sizeof names / sizeof *names); }
const char *escape_trick_name(int trick) { return names[trick]; }

int escape_trick(int trick) {
    int at = 0;
    long got = -1;
    errno = ENOSYS;
#define TRY(text, expression) \
    if (at++ == trick) { \
        errno = 0; \
        got = (long)(expression); \
    }
    TRICKS(TRY)
#if defined(__x86_64__)
    TRY("", call_as_32_bit())
    TRY("", call_as_x32())
#endif
    int outcome = got == -1 ? -errno : escape_worked;
    // What one trick opened, the next must not be short of.
    for (int file = 5; file < 16; file++) close(file);
    return outcome;
}
