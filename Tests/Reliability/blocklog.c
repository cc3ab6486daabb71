// SPDX-License-Identifier: Apache-2.0
// A file system in user space with one file, "disk", over an image: each write and each flush goes to a log in order, and so
// does each line written to its other file, "mark". With a loop device on the disk, a file system on that and a replay of
// a part of the log, every state is had in which a power cut could have left the disk.
//
//   blocklog IMAGE LOG MOUNTPOINT      (cc … $(pkg-config --cflags --libs fuse3))
//
// A record: kind (1 write, 2 flush, 3 mark), offset, length; little-endian 32, 64 and 32 bits; then the bytes.
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <fuse3/fuse.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, FLUSH = 2, MARK = 3 };

static int image, logfile;
static off_t size;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static int record(uint32_t kind, uint64_t offset, const char *bytes, uint32_t length) {
    struct __attribute__((packed)) { uint32_t kind; uint64_t offset; uint32_t length; } head = {kind, offset, length};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)bytes, length}};
    ssize_t whole = sizeof head + length;
    return writev(logfile, parts, 2) == whole ? 0 : -EIO;
}

static bool is_disk(const char *path) { return strcmp(path, "/disk") == 0; }

static int get_attributes(const char *path, struct stat *facts, struct fuse_file_info *file) {
    (void)file;
    memset(facts, 0, sizeof *facts);
    if (!strcmp(path, "/")) {
        facts->st_mode = S_IFDIR | 0755;
        facts->st_nlink = 2;
        return 0;
    }
    if (!is_disk(path) && strcmp(path, "/mark")) return -ENOENT;
    facts->st_mode = S_IFREG | 0600;
    facts->st_nlink = 1;
    facts->st_size = is_disk(path) ? size : 0;
    return 0;
}

static int list(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *file, enum fuse_readdir_flags flags) {
    (void)path, (void)offset, (void)file, (void)flags;
    fill(buffer, "disk", NULL, 0, 0);
    fill(buffer, "mark", NULL, 0, 0);
    return 0;
}

static int open_file(const char *path, struct fuse_file_info *file) {
    (void)path, (void)file;
    return 0;
}

static int truncate_file(const char *path, off_t length, struct fuse_file_info *file) {
    (void)path, (void)length, (void)file;
    return 0;
}

static int read_file(const char *path, char *bytes, size_t count, off_t offset, struct fuse_file_info *file) {
    (void)file;
    if (!is_disk(path)) return 0;
    ssize_t got = pread(image, bytes, count, offset);
    return got < 0 ? -errno : (int)got;
}

static int write_file(const char *path, const char *bytes, size_t count, off_t offset, struct fuse_file_info *file) {
    (void)file;
    pthread_mutex_lock(&turn);
    int answer = record(is_disk(path) ? WRITE : MARK, (uint64_t)offset, bytes, (uint32_t)count);
    if (!answer && is_disk(path) && pwrite(image, bytes, count, offset) != (ssize_t)count) answer = -EIO;
    pthread_mutex_unlock(&turn);
    return answer ? answer : (int)count;
}

static int flush_disk(const char *path, int data_only, struct fuse_file_info *file) {
    (void)data_only, (void)file;
    if (!is_disk(path)) return 0;
    pthread_mutex_lock(&turn);
    int answer = record(FLUSH, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return answer;
}

int main(int count, char **words) {
    if (count != 4) return fprintf(stderr, "usage: blocklog IMAGE LOG MOUNTPOINT\n"), 2;
    image = open(words[1], O_RDWR);
    logfile = open(words[2], O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0600);
    struct stat facts;
    if (image < 0 || logfile < 0 || fstat(image, &facts)) return perror("blocklog"), 1;
    size = facts.st_size;
    struct fuse_operations calls = {
        .getattr = get_attributes, .readdir = list, .open = open_file, .truncate = truncate_file,
        .read = read_file, .write = write_file, .fsync = flush_disk,
    };
    char *arguments[] = {words[0], "-f", words[3], NULL};
    return fuse_main(3, arguments, &calls, NULL);
}
