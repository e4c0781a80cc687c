/*
 * Reads the clock without a system call, as the vDSO of every real kernel
 * lets a program do. User-mode Linux has none: there each of the eight times
 * that the runtime looks at the clock in one nonblocking call costs as much as
 * a system call. Preloaded by the benchmark, for the C loop and for Deno.
 */
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__x86_64__)
static inline uint64_t ticks(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}
#elif defined(__aarch64__)
static inline uint64_t ticks(void)
{
	uint64_t value;

	__asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
	return value;
}
#else
#error "bench/user_clock.c knows x86-64 and arm64"
#endif

enum { BILLION = 1000000000, CALIBRATION_NS = 50000000 };

static uint64_t first_ticks, first_ns;
static double ns_per_tick;

static uint64_t kernel_ns(void)
{
	struct timespec now;

	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * BILLION + (uint64_t)now.tv_nsec;
}

__attribute__((constructor)) static void calibrate(void)
{
	uint64_t end_ns;

	first_ns = kernel_ns();
	first_ticks = ticks();
	do {
		end_ns = kernel_ns();
	} while (end_ns - first_ns < CALIBRATION_NS);
	ns_per_tick = (double)(end_ns - first_ns) /
		      (double)(ticks() - first_ticks);
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
	uint64_t ns;

	if (clock != CLOCK_MONOTONIC || ns_per_tick == 0)
		return (int)syscall(SYS_clock_gettime, clock, out);
	ns = first_ns + (uint64_t)((double)(ticks() - first_ticks) *
				   ns_per_tick);
	out->tv_sec = (time_t)(ns / BILLION);
	out->tv_nsec = (long)(ns % BILLION);
	return 0;
}
