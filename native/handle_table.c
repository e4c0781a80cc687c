/*
 * Handles that hold for the whole process, whatever thread they go to.
 *
 * A number is, from the top: sign bit 0, kind (6 bits), generation (40),
 * index (17). A kind is at least 1, so a number is never 0. Generations of a
 * slot start at a random point of this process and step by one at each close;
 * a slot that has been through all of them is retired, so no number comes
 * twice, and one of another process fails but for a chance of 2^-40.
 *
 * One lock guards all. It is held for a look-up and a copy of at most
 * RSM_MAX_PAYLOAD bytes, never while anything waits.
 */
#include "rsm.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define INDEX_BITS 17
#define GENERATION_BITS 40
#define INDEX_MASK ((UINT64_C(1) << INDEX_BITS) - 1)
#define GENERATION_MASK ((UINT64_C(1) << GENERATION_BITS) - 1)
#define KIND_SHIFT (INDEX_BITS + GENERATION_BITS)

_Static_assert(RSM_MAX_HANDLES == 1 << INDEX_BITS, "an index for each slot");
_Static_assert(KIND_SHIFT + 6 == 63 && RSM_MAX_KIND == 63, "sign bit is free");

enum state { FREE, OPEN, DYING /* closed, with references out */ };

struct slot {
	uint64_t generation;
	uint8_t *payload;
	uint32_t payload_size;
	uint32_t references;
	uint32_t next_free; /* index + 1; 0 ends the list */
	uint8_t kind;
	uint8_t state;
};

/* Apart from what is not zero at the start, so the file does not hold them. */
static struct slot slots[RSM_MAX_HANDLES];

static struct {
	pthread_mutex_t lock;
	pid_t owner; /* 0 until the first open */
	uint64_t first_generation;
	uint32_t used; /* slots that were ever taken: those after are untouched */
	uint32_t free_head;
} table = { .lock = PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP };

/*
 * A forked child has a copy of the table and of the lock in whatever state
 * that was, so the process is looked at before the lock is touched.
 */
static bool in_forked_child(void)
{
	pid_t owner = __atomic_load_n(&table.owner, __ATOMIC_ACQUIRE);

	return owner != 0 && owner != getpid();
}

/* With the lock held. */
static int32_t adopt_process(void)
{
	uint64_t random;

	if (table.owner != 0)
		return 0;
	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return -EAGAIN;
	table.first_generation = random & GENERATION_MASK;
	__atomic_store_n(&table.owner, getpid(), __ATOMIC_RELEASE);
	return 0;
}

/* With the lock held: a slot for a new handle, or NULL when all are in use. */
static struct slot *take_slot(void)
{
	struct slot *slot;

	if (table.free_head != 0) {
		slot = &slots[table.free_head - 1];
		table.free_head = slot->next_free;
		return slot;
	}
	if (table.used == RSM_MAX_HANDLES)
		return NULL;
	slot = &slots[table.used++];
	slot->generation = table.first_generation;
	return slot;
}

static int64_t number_of(const struct slot *slot)
{
	return (int64_t)((uint64_t)slot->kind << KIND_SHIFT |
			 slot->generation << INDEX_BITS |
			 (uint64_t)(slot - slots));
}

/*
 * Takes the lock and gives the slot of a number that is open or dying; or
 * gives NULL, without the lock.
 */
static struct slot *lock_slot(int64_t handle, uint32_t kind)
{
	uint64_t index = (uint64_t)handle & INDEX_MASK;
	struct slot *slot = &slots[index];

	if (handle <= 0 || in_forked_child())
		return NULL;
	pthread_mutex_lock(&table.lock);
	if (index < table.used && slot->state != FREE && slot->kind == kind &&
	    number_of(slot) == handle)
		return slot;
	pthread_mutex_unlock(&table.lock);
	return NULL;
}

/* Undoes lock_slot, and gives back a slot that nobody needs any more. */
static void unlock_slot(struct slot *slot)
{
	uint8_t *payload = NULL;

	if (slot == NULL)
		return;
	if (slot->state == DYING && slot->references == 0) {
		payload = slot->payload;
		slot->state = FREE;
		slot->generation = (slot->generation + 1) & GENERATION_MASK;
		if (slot->generation != table.first_generation) {
			slot->next_free = table.free_head;
			table.free_head = (uint32_t)(slot - slots) + 1;
		}
	}
	pthread_mutex_unlock(&table.lock);
	free(payload);
}

/* With the lock held: fills a slot with a new handle and gives its number. */
static int64_t put_handle(uint32_t kind, uint8_t *payload, uint32_t size)
{
	int32_t error = adopt_process();
	struct slot *slot;

	if (error < 0)
		return error;
	slot = take_slot();
	if (slot == NULL)
		return -EMFILE;
	*slot = (struct slot){ .generation = slot->generation,
			       .payload = payload,
			       .payload_size = size,
			       .kind = (uint8_t)kind,
			       .state = OPEN };
	return number_of(slot);
}

int64_t rsm_handle_open(uint32_t kind, const void *payload, uint32_t size)
{
	uint8_t *copy;
	int64_t result;

	if (kind < 1 || kind > RSM_MAX_KIND || size > RSM_MAX_PAYLOAD)
		return -EINVAL;
	if (size > 0 && payload == NULL)
		return -EFAULT;
	if (in_forked_child())
		return -EBADF;
	copy = malloc(size > 0 ? size : 1);
	if (copy == NULL)
		return -ENOMEM;
	if (size > 0)
		memcpy(copy, payload, size);
	pthread_mutex_lock(&table.lock);
	result = put_handle(kind, copy, size);
	pthread_mutex_unlock(&table.lock);
	if (result < 0)
		free(copy);
	return result;
}

int32_t rsm_handle_acquire(int64_t handle, uint32_t kind, void *payload,
			   uint32_t size)
{
	struct slot *slot = lock_slot(handle, kind);
	int32_t result;

	if (slot == NULL || slot->state != OPEN) {
		result = -EBADF;
	} else if (slot->payload_size > size) {
		result = -ENOBUFS;
	} else if (slot->payload_size > 0 && payload == NULL) {
		result = -EFAULT;
	} else if (slot->references == INT32_MAX) {
		result = -EOVERFLOW;
	} else {
		if (slot->payload_size > 0)
			memcpy(payload, slot->payload, slot->payload_size);
		slot->references++;
		result = (int32_t)slot->payload_size;
	}
	unlock_slot(slot);
	return result;
}

int32_t rsm_handle_release(int64_t handle, uint32_t kind)
{
	struct slot *slot = lock_slot(handle, kind);
	int32_t result = slot != NULL && slot->references > 0 ? 0 : -EBADF;

	if (result == 0)
		slot->references--;
	unlock_slot(slot);
	return result;
}

int32_t rsm_handle_close(int64_t handle, uint32_t kind)
{
	struct slot *slot = lock_slot(handle, kind);
	int32_t result = -EBADF;

	if (slot != NULL && slot->state == OPEN) {
		slot->state = DYING;
		result = (int32_t)slot->references;
	}
	unlock_slot(slot);
	return result;
}
