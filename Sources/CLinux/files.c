// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

int linux_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to) {
    return renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

int linux_open_beneath(int dir, const char *path, int flags, uint32_t mode, bool one_mount) {
    static atomic_bool is_missing;
    struct open_how how = {
        .flags = (uint64_t)flags | O_CLOEXEC,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | (one_mount ? RESOLVE_NO_XDEV : 0),
    };
    if (atomic_load(&is_missing)) return linux_walk_beneath(dir, path, flags, mode, one_mount);
    int opened = (int)syscall(SYS_openat2, dir, path, &how, sizeof how);
    if (opened >= 0 || (errno != ENOSYS && errno != EPERM)) return opened;
    // Not there, or withheld by a container's filter: then it does not open this process' own folder either.
    int number = errno;
    int own = (int)syscall(SYS_openat2, AT_FDCWD, ".", &(struct open_how){.flags = O_PATH | O_CLOEXEC}, sizeof how);
    if (own >= 0) return close(own), errno = number, -1;
    atomic_store(&is_missing, true);
    return linux_walk_beneath(dir, path, flags, mode, one_mount);
}

/// Whether two open files lie on one mount.
static bool share_mount(int one, int other) {
    struct statx a, b;
    if (statx(one, "", AT_EMPTY_PATH, STATX_MNT_ID, &a) != 0 || statx(other, "", AT_EMPTY_PATH, STATX_MNT_ID, &b) != 0) return false;
    if (a.stx_dev_major != b.stx_dev_major || a.stx_dev_minor != b.stx_dev_minor) return false;
    return (a.stx_mask & b.stx_mask & STATX_MNT_ID) == 0 || a.stx_mnt_id == b.stx_mnt_id;
}

int linux_walk_beneath(int dir, const char *path, int flags, uint32_t mode, bool one_mount) {
    if (path[0] == 0) return errno = ENOENT, -1;
    if (path[0] == '/') return errno = EXDEV, -1;
    int here = dir;
    for (;;) {
        while (path[0] == '/') path++;
        size_t length = strcspn(path, "/");
        if (length > NAME_MAX) errno = ENAMETOOLONG;
        char name[NAME_MAX + 1];
        memcpy(name, path, length <= NAME_MAX ? length : 0);
        name[length <= NAME_MAX ? length : 0] = 0;
        path += length;
        // A way up could leave by a folder that was moved meanwhile; nothing of ours needs one.
        if (strcmp(name, "..") == 0) errno = EXDEV;
        bool is_last = path[strspn(path, "/")] == 0;
        bool is_fit = length <= NAME_MAX && strcmp(name, "..") != 0;
        int next = !is_fit ? -1
            : is_last ? openat(here, length == 0 ? "." : name, flags | (path[0] == '/' ? O_DIRECTORY : 0) | O_NOFOLLOW | O_CLOEXEC, mode)
                      : openat(here, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int number = errno;
        // A link is no folder here; openat2 calls it a loop.
        struct stat what;
        if (next >= 0 && one_mount && !share_mount(dir, next)) {
            close(next);
            next = -1;
            number = EXDEV;
        }
        if (next < 0 && number == ENOTDIR && fstatat(here, name, &what, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(what.st_mode)) number = ELOOP;
        if (here != dir) close(here);
        errno = number;
        if (next < 0 || is_last) return next;
        here = next;
    }
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
