// SPDX-License-Identifier: Apache-2.0
// The calls of Linux that only a worker process makes. No program but a worker links this.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>

// ── the child ────────────────────────────────────────────────────────────────────────────────
/// clone(CLONE_PARENT | SIGCHLD): a child of our parent, sharing nothing but descriptors' files. 0 in the child, -1 and errno.
/// Only for a process with one thread; fork handlers do not run.
pid_t worker_clone_sibling(void);

// ── the lock ─────────────────────────────────────────────────────────────────────────────────
/// Each returns 0, or -1 and errno.
int worker_close_from(int first);
int worker_die_with_parent(void);
int worker_no_new_privileges(void);
int worker_not_dumpable(void);
/// The resources of setrlimit, some of which Swift's Glibc does not have.
static const int worker_core = RLIMIT_CORE, worker_file_size = RLIMIT_FSIZE, worker_descriptors = RLIMIT_NOFILE,
                 worker_locked = RLIMIT_MEMLOCK, worker_queues = RLIMIT_MSGQUEUE, worker_stack = RLIMIT_STACK,
                 worker_space = RLIMIT_AS, worker_time = RLIMIT_CPU, worker_processes = RLIMIT_NPROC;
/// Sets soft and hard, each no higher than the hard limit already is.
int worker_limit(int resource, uint64_t soft, uint64_t hard);
/// setgroups to none, setresgid, setresuid; only root can.
int worker_become(uint32_t user, uint32_t group);
/// Empties all sets of capabilities.
int worker_drop_capabilities(void);
/// SIGPROF after so much CPU time of this process; 0 switches it off.
int worker_cpu_alarm(uint64_t milliseconds);
/// fstat as the plain system call.
int worker_file_facts(int file, struct stat *facts);
/// Process id of whoever made the socket pair, or -1 and errno.
pid_t worker_socket_maker(int socket);

// ── the sandbox ──────────────────────────────────────────────────────────────────────────────
/// The kernel's version of Landlock; 0 when it has none.
int worker_landlock_version(void);
/// Takes away every file, TCP port and foreign signal that this kernel's Landlock knows of. The version, 0 when there is none,
/// or -1 and errno.
int worker_landlock(void);
/// The filter of a nursery: it computes, takes orders, forks siblings. 0, or -1 and errno.
int worker_filter_nursery(void);
/// On top of it: no children, no signals to others; a process that reads one document after the other.
int worker_filter_batch(void);
/// On top of it: no orders, no change of limits either; a process that reads one document.
int worker_filter_document(void);

// ── ways to die ──────────────────────────────────────────────────────────────────────────────
/// From now on an allocation that fails ends the process with `status`; no library gets to see NULL.
void worker_exit_when_out_of_memory(int status);
/// Sets a handler: a SIGBUS inside the watched range ends the process with `status` (the file under a mapping shrank).
int worker_exit_when_input_shrinks(int status);
void worker_watch_input(const void *start, size_t count);
