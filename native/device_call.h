/* Private to this folder: an ioctl whose result cannot be lost to a signal. */
#ifndef RSM_DEVICE_CALL_H
#define RSM_DEVICE_CALL_H

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>

/*
 * Holds back the calling thread's signals for the call, all but those of its
 * own faults: a signal would end the wait while the command goes on, and its
 * result would be lost. They are let through again after it, because a thread
 * of the runtime may start a child process next, which inherits the mask.
 */
static inline int32_t rsm_device_call(int fd, unsigned long request, void *arg)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP,
				      SIGABRT, SIGSYS };
	sigset_t held, before;
	int32_t result;

	sigfillset(&held);
	for (unsigned i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sigdelset(&held, faults[i]);
	pthread_sigmask(SIG_BLOCK, &held, &before);
	result = ioctl(fd, request, arg) < 0 ? -errno : 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return result;
}

#endif
