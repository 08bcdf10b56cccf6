/* A disk that fails once: the n-th fsync or fdatasync of this process answers EIO (FAIL_SYNC=n),
 * after which the system has forgotten about it, as systems do. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static long calls;

static int fails(void) {
    const char *which = getenv("FAIL_SYNC");
    return which && __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) == atol(which);
}

static int synced(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (fails()) {
        errno = EIO;
        return -1;
    }
    return real(fd);
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }
