// SPDX-License-Identifier: Apache-2.0
// The system calls of a locked worker, by what happens to them. Whatever stands in no list fails with EPERM.
// Both machines share most names; what only one of them has is marked by its #ifdef.
#pragma once
#include <errno.h>
#include <sys/syscall.h>

/// Computing on what is there: memory, time, the open descriptors, one's own signals.
static const int allowed_calls[] = {
    SYS_read, SYS_readv, SYS_write, SYS_writev, SYS_pread64, SYS_lseek, SYS_fstat, SYS_close, SYS_munmap, SYS_mremap, SYS_madvise, SYS_brk,
    SYS_futex, SYS_set_robust_list, SYS_rseq, SYS_sched_yield, SYS_sched_getaffinity, SYS_getcpu,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall, SYS_exit, SYS_exit_group,
    SYS_getpid, SYS_getppid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
    SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_clock_nanosleep, SYS_nanosleep, SYS_getrandom, SYS_getrusage, SYS_uname,
    SYS_sysinfo, SYS_ppoll,
#ifdef SYS_poll
    SYS_poll, SYS_pause, SYS_time,
#endif
};

/// What the nursery still does: take orders, set a child's limits, lock once more. A document's process loses these.
static const int nursery_calls[] = {
    SYS_recvmsg, SYS_recvfrom, SYS_sendmsg, SYS_sendto, SYS_setitimer,
#ifdef SYS_getrlimit
    SYS_getrlimit,
#endif
};

/// What libraries ask for in vain and can do without; each with the error they know how to take.
static const struct {
    int number, error;
} refused_calls[] = {
    {SYS_openat, EACCES}, {SYS_newfstatat, EACCES}, {SYS_statx, EACCES}, {SYS_faccessat, EACCES}, {SYS_readlinkat, EACCES},
    {SYS_statfs, EACCES}, {SYS_fstatfs, EACCES}, {SYS_getcwd, EACCES}, {SYS_getdents64, EACCES}, {SYS_ioctl, ENOTTY},
    {SYS_fcntl, EACCES}, {SYS_socket, EACCES}, {SYS_clone3, ENOSYS}, {SYS_sched_setaffinity, EPERM}, {SYS_mlock, EPERM},
#ifdef SYS_faccessat2
    {SYS_faccessat2, EACCES},
#endif
#ifdef SYS_openat2
    {SYS_openat2, EACCES},
#endif
#ifdef SYS_open
    {SYS_open, EACCES}, {SYS_stat, EACCES}, {SYS_lstat, EACCES}, {SYS_access, EACCES}, {SYS_readlink, EACCES},
#endif
};

/// What no reader has any business with: the process dies, and the file is quarantined as a violation.
static const int killing_calls[] = {
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo, SYS_pidfd_open, SYS_pidfd_send_signal, SYS_pidfd_getfd, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen,
    SYS_accept, SYS_accept4, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open,
    SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_keyctl, SYS_add_key, SYS_request_key,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_open_by_handle_at, SYS_name_to_handle_at,
    SYS_memfd_create, SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setgroups, SYS_capset,
    SYS_personality, SYS_unlinkat, SYS_renameat2, SYS_linkat, SYS_symlinkat, SYS_mkdirat, SYS_mknodat, SYS_fchmod, SYS_fchmodat,
    SYS_fchown, SYS_fchownat, SYS_truncate, SYS_ftruncate, SYS_shmget, SYS_shmat, SYS_mq_open,
#ifdef SYS_fork
    SYS_fork, SYS_vfork, SYS_modify_ldt, SYS_iopl, SYS_ioperm, SYS_unlink, SYS_rename, SYS_renameat, SYS_link, SYS_symlink, SYS_mkdir,
    SYS_rmdir, SYS_mknod, SYS_creat, SYS_chmod, SYS_chown,
#endif
};
