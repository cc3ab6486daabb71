// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

int linux_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to) {
    return renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

int linux_open_beneath(int dir, const char *path, int flags, uint32_t mode) {
    struct open_how how = {
        .flags = (uint64_t)flags | O_CLOEXEC,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS,
    };
    return (int)syscall(SYS_openat2, dir, path, &how, sizeof how);
}

int linux_syncfs(int fd) { return syncfs(fd); }

int linux_probe_writer(int fd) {
    if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0) {
        fcntl(fd, F_SETLEASE, F_UNLCK);
        return 0;
    }
    return errno == EAGAIN ? 1 : -1;
}

int linux_preallocate(int fd, int64_t bytes) { return fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, bytes); }

ssize_t linux_copy_range(int from, int to, size_t bytes) { return copy_file_range(from, NULL, to, NULL, bytes, 0); }

ssize_t linux_getdents(int fd, void *buffer, size_t size) { return syscall(SYS_getdents64, fd, buffer, size); }

// getdents64's record: ino64, off64, u16 length, u8 type, name.
bool linux_dirent_next(const void *buffer, size_t used, size_t *offset, struct linux_dirent *entry) {
    if (*offset + 19 > used) return false;
    const char *at = (const char *)buffer + *offset;
    uint16_t length;
    memcpy(&entry->inode, at, 8);
    memcpy(&length, at + 16, 2);
    entry->type = (uint8_t)at[18];
    entry->name = at + 19;
    entry->name_length = (uint16_t)strnlen(entry->name, length - 19u);
    *offset += length;
    return true;
}

int64_t linux_fs_type(int fd) {
    struct statfs s;
    return fstatfs(fd, &s) == 0 ? (int64_t)(uint32_t)s.f_type : -1;
}
