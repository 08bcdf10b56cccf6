/* What survives a power cut: only bytes that were synced.
 *
 * Loaded before libc (LD_PRELOAD). Every write below PC_DIR marks its pages in a map that all
 * processes share; fsync and fdatasync carry the marked pages over to the same file below PC_SHADOW.
 * A rename, a link or an unlink waits in PC_DIRTY/.pending for the sync of a directory. Pulling the plug is
 * then: kill everybody, put the shadow in the place of the directory. Without PC_DIR nothing happens.
 *
 * Not covered: bytes written through a mapping (SQLite's -shm, which nobody needs afterwards),
 * sendfile and copy_file_range, and the order of pages within one sync.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE 4096
#define PAGES (1 << 18) /* files up to 1 GB */
#define MOST_FDS 65536
#define MOST_FILES 512

struct file {
    char name[512]; /* below PC_DIR; empty: a directory */
    unsigned char *dirty;
    int lock;
    int shadow;
};

static struct file *of_fd[MOST_FDS];
static struct file files[MOST_FILES];
static int file_count;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct file a_directory = {"", NULL, -1, -1};

#define REAL(type, name, ...) \
    static type (*real_##name)(__VA_ARGS__); \
    if (!real_##name) real_##name = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int plain_open(const char *path, int flags) {
    REAL(int, open64, const char *, int, ...);
    return real_open64(path, flags, 0600);
}

static ssize_t plain_pwrite(int fd, const void *bytes, size_t count, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return real_pwrite64(fd, bytes, count, at);
}

static int plain_truncate(int fd, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    return real_ftruncate64(fd, size);
}

static int plain_close(int fd) {
    REAL(int, close, int);
    return real_close(fd);
}

static void fail(const char *what) {
    dprintf(2, "powercut: %s: %s\n", what, strerror(errno));
    abort();
}

/* The name below PC_DIR, or NULL. */
static const char *inside(const char *path) {
    const char *dir = getenv("PC_DIR");
    if (!dir || !path) return NULL;
    size_t length = strlen(dir);
    if (strncmp(path, dir, length) != 0) return NULL;
    if (path[length] == '\0') return "";
    return path[length] == '/' ? path + length + 1 : NULL;
}

static int is_ignored(const char *name) {
    size_t length = strlen(name);
    return length >= 4 && strcmp(name + length - 4, "-shm") == 0;
}

static void in_dirty(char *path, const char *name) {
    snprintf(path, PATH_MAX, "%s/%s", getenv("PC_DIRTY"), name);
    for (char *at = path + strlen(getenv("PC_DIRTY")) + 1; *at; at++)
        if (*at == '/') *at = '%';
}

static void in_shadow(char *path, const char *name) {
    snprintf(path, PATH_MAX, "%s/%s", getenv("PC_SHADOW"), name);
}

static void make_parents(char *path) {
    for (char *at = path + 1; *at; at++)
        if (*at == '/') {
            *at = '\0';
            mkdir(path, 0700);
            *at = '/';
        }
}

/* Threads of one process share the lock file's description, so the mutex keeps them apart. */
static void hold(struct file *file) {
    pthread_mutex_lock(&mutex);
    if (flock(file->lock, LOCK_EX) != 0) fail("lock");
}

static void let_go(struct file *file) {
    flock(file->lock, LOCK_UN);
    pthread_mutex_unlock(&mutex);
}

static int hold_pending(char *path) {
    in_dirty(path, ".pending");
    pthread_mutex_lock(&mutex);
    int lock = plain_open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC);
    if (lock < 0 || flock(lock, LOCK_EX) != 0) fail("pending");
    return lock;
}

static void let_pending_go(int lock) {
    plain_close(lock);
    pthread_mutex_unlock(&mutex);
}

static struct file *open_file(const char *name) {
    for (int i = 0; i < file_count; i++)
        if (strcmp(files[i].name, name) == 0) return &files[i];
    if (file_count == MOST_FILES) fail("too many files");
    struct file *file = &files[file_count];
    char path[PATH_MAX];
    in_dirty(path, name);
    file->lock = plain_open(path, O_RDWR | O_CREAT | O_CLOEXEC);
    if (file->lock < 0 || plain_truncate(file->lock, PAGES) != 0) fail(path);
    file->dirty = mmap(NULL, PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, file->lock, 0);
    if (file->dirty == MAP_FAILED) fail("map");
    file->shadow = -1;
    snprintf(file->name, sizeof file->name, "%s", name);
    file_count++;
    return file;
}

static void mark(struct file *file, off64_t from, size_t count) {
    for (off64_t page = from / PAGE; count && page <= (off64_t)(from + count - 1) / PAGE; page++) {
        if (page >= PAGES) fail("a file too large");
        file->dirty[page] = 1;
    }
}

/* A file made anew is not touched by an unlink that was not synced. */
static void forget_unlink(const char *name) {
    char path[PATH_MAX], line[1200], wanted[600], kept[1 << 16] = "";
    size_t used = 0;
    int lock = hold_pending(path);
    FILE *lines = fopen(path, "r");
    snprintf(wanted, sizeof wanted, "U\t%s\n", name);
    while (lines && fgets(line, sizeof line, lines))
        if (strcmp(line, wanted) != 0 && used + strlen(line) < sizeof kept) {
            strcpy(kept + used, line);
            used += strlen(line);
        }
    if (lines) fclose(lines);
    if (plain_truncate(lock, 0) == 0 && used) plain_pwrite(lock, kept, used, 0);
    let_pending_go(lock);
}

static void note(const char *line) {
    REAL(ssize_t, write, int, const void *, size_t);
    char path[PATH_MAX];
    int lock = hold_pending(path);
    if (real_write(lock, line, strlen(line)) < 0) fail("note");
    let_pending_go(lock);
}

static void sync_directory(void) {
    REAL(int, rename, const char *, const char *);
    REAL(int, link, const char *, const char *);
    REAL(int, unlink, const char *);
    char path[PATH_MAX], line[1200], one[PATH_MAX], other[PATH_MAX];
    int lock = hold_pending(path);
    FILE *lines = fopen(path, "r");
    while (lines && fgets(line, sizeof line, lines)) {
        line[strcspn(line, "\n")] = '\0';
        char *name = line + 2, *target = strchr(name, '\t');
        if (line[0] == 'U') {
            /* Made anew since: what is in the shadow may be of the new one. */
            snprintf(other, sizeof other, "%s/%s", getenv("PC_DIR"), name);
            in_shadow(one, name);
            if (access(other, F_OK) != 0) real_unlink(one);
        } else if (target) {
            *target++ = '\0';
            in_shadow(one, name);
            in_shadow(other, target);
            make_parents(other);
            if (line[0] == 'L') real_link(one, other);
            else real_rename(one, other);
        }
    }
    if (lines) fclose(lines);
    if (plain_truncate(lock, 0) != 0) fail("pending");
    let_pending_go(lock);
}

static void sync_file(int fd, struct file *file) {
    char path[PATH_MAX], page[PAGE];
    struct stat64 now;
    hold(file);
    /* Another process may have unlinked it and made it anew. */
    if (file->shadow >= 0 && (fstat64(file->shadow, &now) != 0 || now.st_nlink == 0)) {
        plain_close(file->shadow);
        file->shadow = -1;
    }
    if (file->shadow < 0) {
        in_shadow(path, file->name);
        make_parents(path);
        file->shadow = plain_open(path, O_RDWR | O_CREAT | O_CLOEXEC);
        if (file->shadow < 0) fail(path);
    }
    if (fstat64(fd, &now) != 0) fail("stat");
    int source = fd;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        source = plain_open(path, O_RDONLY | O_CLOEXEC);
    }
    for (off64_t number = 0; number * PAGE < now.st_size; number++) {
        if (!file->dirty[number]) continue;
        ssize_t count = pread64(source, page, PAGE, number * PAGE);
        if (count < 0 || plain_pwrite(file->shadow, page, count, number * PAGE) != count)
            fail("shadow");
        file->dirty[number] = 0;
    }
    if (plain_truncate(file->shadow, now.st_size) != 0) fail("shadow size");
    if (source != fd) plain_close(source);
    let_go(file);
}

static int opened(int fd, const char *path, int was_there) {
    const char *name = fd < 0 || fd >= MOST_FDS ? NULL : inside(path);
    if (!name || is_ignored(name)) return fd;
    struct stat64 now;
    if (fstat64(fd, &now) != 0) return fd;
    if (S_ISDIR(now.st_mode)) {
        of_fd[fd] = &a_directory;
    } else if (S_ISREG(now.st_mode)) {
        if (!was_there) forget_unlink(name);
        pthread_mutex_lock(&mutex);
        of_fd[fd] = open_file(name);
        pthread_mutex_unlock(&mutex);
    }
    return fd;
}

static int is_there(const char *path) {
    struct stat64 now;
    return !inside(path) || stat64(path, &now) == 0;
}

#define OPEN(name)                                                  \
    int name(const char *path, int flags, ...) {                    \
        REAL(int, name, const char *, int, ...);                    \
        va_list more;                                               \
        va_start(more, flags);                                      \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0; \
        va_end(more);                                               \
        int before = is_there(path);                                \
        return opened(real_##name(path, flags, mode), path, before); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                \
    int name(int at, const char *path, int flags, ...) {            \
        REAL(int, name, int, const char *, int, ...);               \
        va_list more;                                               \
        va_start(more, flags);                                      \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0; \
        va_end(more);                                               \
        int before = is_there(path);                                \
        return opened(real_##name(at, path, flags, mode), path, before); \
    }
OPENAT(openat)
OPENAT(openat64)

static struct file *tracked(int fd) {
    struct file *file = fd >= 0 && fd < MOST_FDS ? of_fd[fd] : NULL;
    return file == &a_directory ? NULL : file;
}

int close(int fd) {
    if (fd >= 0 && fd < MOST_FDS) of_fd[fd] = NULL;
    return plain_close(fd);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(ssize_t, write, int, const void *, size_t);
    struct file *file = tracked(fd);
    if (!file) return real_write(fd, bytes, count);
    hold(file);
    struct stat64 now;
    int appends = fcntl(fd, F_GETFL) & O_APPEND;
    off64_t at = appends && fstat64(fd, &now) == 0 ? now.st_size : lseek64(fd, 0, SEEK_CUR);
    mark(file, at, count);
    ssize_t done = real_write(fd, bytes, count);
    let_go(file);
    return done;
}

#define PWRITE(name, type)                                                   \
    ssize_t name(int fd, const void *bytes, size_t count, type at) {         \
        struct file *file = tracked(fd);                                     \
        if (!file) return plain_pwrite(fd, bytes, count, at);                \
        hold(file);                                                          \
        mark(file, at, count);                                               \
        ssize_t done = plain_pwrite(fd, bytes, count, at);                   \
        let_go(file);                                                        \
        return done;                                                         \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
    struct file *file = tracked(fd);
    if (!file) return real_pwritev(fd, parts, count, at);
    size_t size = 0;
    for (int i = 0; i < count; i++) size += parts[i].iov_len;
    hold(file);
    mark(file, at, size);
    ssize_t done = real_pwritev(fd, parts, count, at);
    let_go(file);
    return done;
}

static int truncate_tracked(int fd, off64_t size) {
    struct file *file = tracked(fd);
    if (!file) return plain_truncate(fd, size);
    struct stat64 now;
    hold(file);
    if (fstat64(fd, &now) == 0 && now.st_size > size) mark(file, size, now.st_size - size);
    int done = plain_truncate(fd, size);
    let_go(file);
    return done;
}
int ftruncate(int fd, off_t size) { return truncate_tracked(fd, size); }
int ftruncate64(int fd, off64_t size) { return truncate_tracked(fd, size); }

#define SYNC(name)                                           \
    int name(int fd) {                                       \
        REAL(int, name, int);                                \
        if (fd < 0 || fd >= MOST_FDS || !of_fd[fd]) return real_##name(fd); \
        if (of_fd[fd] == &a_directory) sync_directory();     \
        else sync_file(fd, of_fd[fd]);                       \
        return 0;                                            \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TWO_NAMES(name, letter)                                                      \
    int name(const char *from, const char *to) {                                     \
        REAL(int, name, const char *, const char *);                                 \
        int done = real_##name(from, to);                                            \
        char line[1200];                                                             \
        if (done == 0 && inside(from) && inside(to)) {                               \
            snprintf(line, sizeof line, letter "\t%s\t%s\n", inside(from), inside(to)); \
            note(line);                                                              \
        }                                                                            \
        return done;                                                                 \
    }
TWO_NAMES(rename, "R")
TWO_NAMES(link, "L")

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    int done = real_unlink(path);
    char line[1200];
    if (done == 0 && inside(path) && !is_ignored(path)) {
        snprintf(line, sizeof line, "U\t%s\n", inside(path));
        note(line);
    }
    return done;
}
