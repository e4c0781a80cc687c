/*
 * A kernel that answers as a test wants: with -Wl,--wrap the library's ioctl
 * and fstat come here first.
 */
#ifndef FAKE_KERNEL_H
#define FAKE_KERNEL_H

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

typedef int answer(unsigned long request, void *arg);

static struct {
	answer *answer; /* NULL: the real kernel answers */
	int calls;
	int usr1_held; /* SIGUSR1 was blocked during the last call */
	int segv_held;
	int looks_like_sg; /* fstat says that a device is an sg node */
} fake;

int __real_ioctl(int fd, unsigned long request, void *arg);
int __real_fstat(int fd, struct stat *out);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_fstat(int fd, struct stat *out);

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	sigset_t held;
	va_list list;
	void *arg;

	va_start(list, request);
	arg = va_arg(list, void *);
	va_end(list);
	pthread_sigmask(SIG_BLOCK, NULL, &held);
	fake.usr1_held = sigismember(&held, SIGUSR1);
	fake.segv_held = sigismember(&held, SIGSEGV);
	fake.calls++;
	if (fake.answer == NULL)
		return __real_ioctl(fd, request, arg);
	return fake.answer(request, arg);
}

int __wrap_fstat(int fd, struct stat *out)
{
	int result = __real_fstat(fd, out);

	if (result == 0 && fake.looks_like_sg)
		out->st_rdev = makedev(21, 0);
	return result;
}

#endif
