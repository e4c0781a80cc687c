/*
 * 16 threads open, use and close handles that they pass to one another. What
 * must hold: bytes that are acquired are whole and of the handle asked for, a
 * handle is closed by one thread only, and nothing is left at the end.
 */
#include "rsm.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#include "check.h"

enum { THREADS = 16, ROUNDS = 250000, SHARED = 8, WORDS = 8, KIND = 7 };

/* Handles in the open, for any thread to use and close. */
static _Atomic int64_t shared[SHARED];
static atomic_ullong opened, closed, used, refused;

static int64_t open_one(uint64_t seed)
{
	uint64_t payload[WORDS];
	int64_t handle;

	for (int i = 0; i < WORDS; i++)
		payload[i] = seed;
	handle = rsm_handle_open(KIND, payload, sizeof(payload));
	CHECK(1, handle > 0);
	atomic_fetch_add(&opened, 1);
	return handle;
}

static void close_one(int64_t handle)
{
	int32_t result = rsm_handle_close(handle, KIND);

	CHECK(1, result >= 0 || result == -EBADF);
	if (result >= 0)
		atomic_fetch_add(&closed, 1);
}

static void use_one(int64_t handle)
{
	uint64_t payload[WORDS];
	int32_t size = rsm_handle_acquire(handle, KIND, payload, sizeof(payload));

	if (size < 0) {
		CHECK(-EBADF, size);
		atomic_fetch_add(&refused, 1);
		return;
	}
	CHECK(sizeof(payload), size);
	for (int i = 1; i < WORDS; i++)
		CHECK(payload[0], payload[i]);
	atomic_fetch_add(&used, 1);
	CHECK(0, rsm_handle_release(handle, KIND));
}

static void *work(void *argument)
{
	uint64_t state = (uintptr_t)argument * 0x9e3779b97f4a7c15u + 1;

	for (int i = 0; i < ROUNDS; i++) {
		state ^= state << 13, state ^= state >> 7, state ^= state << 17;
		int place = state % SHARED;

		if (state >> 32 & 3)
			use_one(atomic_load(&shared[place]));
		else if (state >> 34 & 1)
			close_one(atomic_exchange(&shared[place], open_one(state)));
		else /* a number that others are using and closing too */
			close_one(atomic_load(&shared[place]));
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < SHARED; i++)
		atomic_store(&shared[i], open_one((uint64_t)i));
	for (uintptr_t i = 0; i < THREADS; i++)
		CHECK(0, pthread_create(&threads[i], NULL, work, (void *)(i + 1)));
	for (int i = 0; i < THREADS; i++)
		CHECK(0, pthread_join(threads[i], NULL));
	for (int i = 0; i < SHARED; i++)
		close_one(atomic_load(&shared[i]));
	CHECK(atomic_load(&opened), atomic_load(&closed));
	CHECK(1, atomic_load(&used) > 0 && atomic_load(&refused) > 0);
	printf("native: %d rounds: %llu opened and closed, %llu used, %llu refused\n",
	       THREADS * ROUNDS, atomic_load(&opened), atomic_load(&used),
	       atomic_load(&refused));
	return 0;
}
