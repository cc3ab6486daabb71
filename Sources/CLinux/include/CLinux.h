// SPDX-License-Identifier: Apache-2.0
// Calls and constants of Linux that Swift's Glibc module leaves out (they need _GNU_SOURCE).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// ── file system ──────────────────────────────────────────────────────────────────────────────
/// renameat2 with RENAME_NOREPLACE; -1 and errno. EINVAL: the file system cannot.
int linux_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to);
/// openat2 with RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS; adds O_CLOEXEC. `one_mount`: what is mounted
/// below is refused with EXDEV (RESOLVE_NO_XDEV). Where the kernel has no openat2 (before 5.6), by `linux_walk_beneath`.
int linux_open_beneath(int dir, const char *path, int flags, uint32_t mode, bool one_mount);
/// The same folder by folder with O_NOFOLLOW. Goes no way up at all. Mounts are told apart by statx's mount number, and before
/// Linux 5.8 by the device alone.
int linux_walk_beneath(int dir, const char *path, int flags, uint32_t mode, bool one_mount);
/// syncfs(2).
int linux_syncfs(int fd);
/// Takes and drops a read lease: 0 nobody writes, 1 somebody has it open for writing, -1 and errno (EACCES, EINVAL: cannot tell).
int linux_probe_writer(int fd);
/// fallocate(2) with FALLOC_FL_KEEP_SIZE; -1 and errno.
int linux_preallocate(int fd, int64_t bytes);
/// copy_file_range(2) from the current offsets; bytes copied, 0 at the end, -1 and errno.
ssize_t linux_copy_range(int from, int to, size_t bytes);

/// One entry of a directory, as getdents64 gives it.
struct linux_dirent {
    uint64_t inode;
    const char *name;      // NUL-terminated, inside the caller's buffer
    uint16_t name_length;
    uint8_t type;          // DT_*: 0 unknown, 4 directory, 8 regular, 10 symlink
};
/// Fills `buffer` from the directory; bytes used, 0 at the end, -1 and errno.
ssize_t linux_getdents(int fd, void *buffer, size_t size);
/// Decodes the entry at `*offset` and moves it on; false at the end of the buffer.
bool linux_dirent_next(const void *buffer, size_t used, size_t *offset, struct linux_dirent *entry);

/// f_type of statfs(2), or -1 and errno.
int64_t linux_fs_type(int fd);

// ── clocks and waiting ───────────────────────────────────────────────────────────────────────
/// CLOCK_MONOTONIC and CLOCK_BOOTTIME in nanoseconds.
uint64_t linux_monotonic_ns(void);
uint64_t linux_boottime_ns(void);
int linux_eventfd(void);       // EFD_CLOEXEC | EFD_NONBLOCK
int linux_pidfd_open(pid_t pid);

// ── sockets ──────────────────────────────────────────────────────────────────────────────────
/// Sends one datagram with up to four descriptors; bytes sent, or -1 and errno. MSG_NOSIGNAL.
ssize_t linux_send_with_fds(int socket, const void *bytes, size_t count, const int *fds, int fd_count);
/// Receives one datagram; descriptors arrive close-on-exec. `*fd_count` in: room, out: got. -1 and errno; EMSGSIZE when cut.
ssize_t linux_recv_with_fds(int socket, void *bytes, size_t count, int *fds, int *fd_count);
/// The peer's user id of a Unix socket, or -1 and errno.
int64_t linux_peer_uid(int socket);

// ── threads ──────────────────────────────────────────────────────────────────────────────────
/// Starts a detached thread with all signals blocked; the kernel keeps 15 bytes of `name`. 0, or an error number.
int linux_start_thread(const char *name, size_t stack, void *(*body)(void *), void *argument);
/// Gives the calling thread the niceness of the process's first thread.
void linux_take_niceness(void);
/// Makes another process `by` nicer, as far as this one may.
void linux_be_nicer(pid_t pid, int by);

// ── checksum ─────────────────────────────────────────────────────────────────────────────────
/// CRC-32C carried on from `crc` (0 at the start): the processor's instruction where there is one, else a table.
uint32_t linux_crc32c(uint32_t crc, const void *bytes, size_t count);
uint32_t linux_crc32c_by_table(uint32_t crc, const void *bytes, size_t count);

// ── worker processes ─────────────────────────────────────────────────────────────────────────
/// A worker program to start: 0 and 1 on /dev/null, `errors`, `control` and `documents` as 2, 3 and 4, a process group of its own.
struct linux_worker {
    const char *program;
    char *const *arguments;
    char *const *environment;
    int errors, control, documents;   // all above 4
};
/// The process id, or the negative error number.
pid_t linux_spawn_worker(const struct linux_worker *worker);
/// A pair of SOCK_SEQPACKET sockets, the second above descriptor 9; `buffer` asks for the first one's send buffer.
int linux_worker_sockets(int ends[2], int buffer);
/// Largest datagram that the socket can send.
size_t linux_datagram_room(int socket);
/// What the socket's peer has not received yet, in bytes of buffer; 0: it has everything.
int linux_unsent(int socket);
/// A pipe, close-on-exec, its writing end above descriptor 9.
int linux_pipe(int ends[2]);
/// Asks for more room in a pipe than 64 KiB; it may stay as it is.
void linux_widen_pipe(int pipe, int bytes);
/// A sealed memory file holding these bytes; -1 and errno.
int linux_sealed_memory(const void *bytes, size_t count);

/// How a process ended and what it used.
struct linux_exit {
    int signal;            // 0: it exited
    int status;
    uint64_t cpu_us;
    uint64_t peak_bytes;
};
/// wait4: the process id; 0 when it still runs (without `wait`), -1 and errno. `pid` below -1 is a process group.
pid_t linux_reap(pid_t pid, bool wait, struct linux_exit *how);
/// Makes children wait for linux_reap where whoever started this process left SIGCHLD ignored.
void linux_keep_ended_children(void);
/// CPU time of a running process in microseconds; 0 when it has gone.
uint64_t linux_cpu_us(pid_t pid);
/// SIGKILL to a process group.
int linux_kill_group(pid_t leader);

// ── hooks ────────────────────────────────────────────────────────────────────────────────────
/// A program to start in a session of its own: umask 077, working directory /, default signals, nothing open but 0, 1 and 2,
/// and 3 where there is something to read there.
struct linux_hook {
    const char *program;
    char *const *arguments;
    char *const *environment;
    int input, output, errors;   // -1: /dev/null
    int extra;                   // 3; -1: nothing
};
/// The process id, or the negative error number.
pid_t linux_spawn_hook(const struct linux_hook *hook);
