/* Loaded into tgtd 1.0.85 with LD_PRELOAD. tgtd's medium changer answers READ
 * ELEMENT STATUS wrongly (tests would see faults that no library has) and lacks
 * commands that every library has; this repairs the one and adds the others.
 *
 *   B8h READ ELEMENT STATUS   all element types in one command (tgtd writes past
 *       its buffer), the number of elements asked for (tgtd sends all), the last
 *       8 bytes (tgtd cuts them off), residual; ACCESS, ExEnab and InEnab bits
 *   A6h EXCHANGE MEDIUM       as moves, undone if one of them fails; for a swap
 *       (second destination = source) by way of the robot
 *   2Bh POSITION TO ELEMENT, 1Eh PREVENT ALLOW MEDIUM REMOVAL,
 *   1Bh OPEN/CLOSE IMPORT/EXPORT ELEMENT: GOOD status, no effect
 *
 * and in its tape drives
 *
 *   1Bh LOAD UNLOAD           unloads and loads (tgtd takes it for a disk's START
 *       STOP, which has other bits): 2/3A/00 until LOAD or a move, 5/53/02 where
 *       a host has locked the drive
 *
 * The compiler is given ROBOT and FIRST_DRIVE, element addresses. The drives are
 * LUN 2 and on of target 1, as library.ts makes them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Offsets in tgtd 1.0.85 for 64-bit machines */
#define CMD_UNIT 48	/* struct scsi_cmd: dev */
#define CMD_IN 72	/* struct scsi_cmd: in_sdb */
#define CMD_SCB 144	/* struct scsi_cmd: scb, the CDB's address */
#define UNIT_PATH 32	/* struct scsi_lu: path, of the medium */
#define TYPE_INIT 8	/* struct device_type_template: lu_init */
#define TYPE_OPS 56	/* struct device_type_template: ops */
#define TYPE_NEXT 6200	/* struct device_type_template: device_type_siblings */
#define STORE_BITS 64	/* struct backingstore_template: bs_supported_ops */
#define ATTR_SERIAL 37	/* struct lu_phy_attr: scsi_sn */

struct data_buffer {	/* struct scsi_data_buffer */
	uint64_t buffer;
	uint32_t length, transfer_len;
	int32_t resid;
};
struct operation {	/* struct device_type_operations */
	int (*perform)(int host, char *cmd);
	void *service_actions;
	uint8_t pr_conflict_bits;
};

static int (*tgt_move)(int host, char *cmd), (*tgt_elements)(int host, char *cmd);
static int (*tgt_init)(void *lu), (*start_stop)(int host, char *cmd);
static const uint8_t added[] = { 0xa6, 0x2b, 0x1e, 0x1b };

static uint8_t **cdb_of(char *cmd)
{
	return (uint8_t **)(cmd + CMD_SCB);
}

static int get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static void put16(uint8_t *p, int v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static int move(int host, char *cmd, int from, int to)
{
	uint8_t **scb = cdb_of(cmd), *old = *scb;
	uint8_t cdb[16] = { 0xa5, 0, old[2], old[3], from >> 8, from, to >> 8, to };
	int result;

	*scb = cdb;
	result = tgt_move(host, cmd);
	*scb = old;
	return result;
}

static int exchange(int host, char *cmd)
{
	uint8_t *cdb = *cdb_of(cmd);
	int source = get16(cdb + 4), first = get16(cdb + 6), second = get16(cdb + 8);
	int parked = second == source ? ROBOT : second, result;

	result = move(host, cmd, first, parked);
	if (result)
		return result;
	result = move(host, cmd, source, first);
	if (result) {
		move(host, cmd, parked, first);
		return result;
	}
	if (second == source)
		result = move(host, cmd, parked, source);
	return result;
}

/* Asks tgtd for one type after another, always with volume tags: what it then
 * cuts off at the end are reserved bytes, or a part of the serial number. */
static int elements(int host, char *cmd)
{
	static uint8_t *page, *out;
	struct data_buffer *in = (struct data_buffer *)(cmd + CMD_IN), keep = *in;
	uint8_t **scb = cdb_of(cmd), *old = *scb;
	int type = old[1] & 15, tags = old[1] & 0x10, left = get16(old + 4), dvcid = old[6] & 1;
	uint32_t alloc = old[7] << 16 | old[8] << 8 | old[9], used = 8;
	int size = dvcid ? 86 : 52, out_size = size - (tags ? 0 : 36), first = 0, count = 0, t, i;
	const int max = 0xffffff;

	if (type > 4 || in->length < alloc || old[11])
		return tgt_elements(host, cmd);
	if (!page) {
		page = malloc(max);
		out = malloc(max);
	}
	memset(out, 0, 8);
	for (t = 1; t <= 4; t++) {
		uint8_t cdb[16] = { 0xb8, 0x10 | t, old[2], old[3], 0xff, 0xff, dvcid, 0xff, 0xff, 0xff };
		uint8_t *p, *o = out + used;
		int n, result;

		if (type && type != t)
			continue;
		*scb = cdb;
		in->buffer = (uintptr_t)page;
		in->length = max;
		result = tgt_elements(host, cmd);
		*scb = old;
		*in = keep;
		if (result)
			return result;
		n = get16(page + 2);
		if (!n)
			continue;
		memset(page + 8 + n * size, 0, 8);
		if (n > left)
			n = left;
		left -= n;
		if (!n)
			continue;
		o[0] = t;
		o[1] = tags ? 0x80 : 0;
		put16(o + 2, out_size);
		o[4] = 0;
		o[5] = (n * out_size) >> 16;
		put16(o + 6, n * out_size);
		o += 8;
		for (i = 0, p = page + 16; i < n; i++, p += size, o += out_size) {
			p[2] |= t == 3 ? 0x38 : t == 1 ? 0 : 8;
			if (t == 4 && dvcid && p[48]) {
				char *(*find)(int, uint64_t) = (char *(*)(int, uint64_t))dlsym(RTLD_DEFAULT, "lu_attr_lookup");
				char *attr = find ? find(1, 2 + get16(p) - FIRST_DRIVE) : NULL;

				if (attr)
					strncpy((char *)p + 76, attr + ATTR_SERIAL, 10);
			}
			memcpy(o, p, tags ? size : 12);
			if (!tags)
				memcpy(o + 12, p + 48, size - 48);
		}
		if (!count || get16(page + 16) < first)
			first = get16(page + 16);
		count += n;
		used += 8 + n * out_size;
	}
	put16(out, first);
	put16(out + 2, count);
	out[5] = (used - 8) >> 16;
	put16(out + 6, used - 8);
	if (used > alloc)
		used = alloc;
	memcpy((void *)(uintptr_t)in->buffer, out, used);
	in->transfer_len = used;
	in->resid = in->length - used;
	return 0;
}

static int good(int host, char *cmd)
{
	(void)host;
	(void)cmd;
	return 0;
}

static int load_unload(int host, char *cmd)
{
	uint8_t **scb = cdb_of(cmd), *old = *scb;
	char *unit = *(char **)(cmd + CMD_UNIT);
	int load = old[4] & 1, result;
	uint8_t cdb[16] = { 0x1b, 0, 0, 0, 2 | load };

	/* START would make an empty drive ready. */
	if (load && !*(char **)(unit + UNIT_PATH))
		cdb[4] = 2;
	*scb = cdb;
	result = start_stop(host, cmd);
	*scb = old;
	return result;
}

/* The device types are in a ring; that of tapes has no name to find it by. */
static void repair_drives(void)
{
	char *changers = dlsym(RTLD_DEFAULT, "smc_template"), *type = changers;

	while ((type = *(char **)(type + TYPE_NEXT) - TYPE_NEXT) != changers) {
		struct operation *ops = (struct operation *)(type + TYPE_OPS);

		if (*type == 1 && (void *)ops[0x1b].perform == (void *)start_stop)
			ops[0x1b].perform = load_unload;
	}
}

/* When the changer is made, tgtd has its backing stores, which must allow the
 * opcodes too, and all device types. */
static int init(void *lu)
{
	char *(*find)(const char *name) = (char *(*)(const char *))dlsym(RTLD_DEFAULT, "get_backingstore_template");
	char *store = find ? find("smc") : NULL;
	size_t i;

	for (i = 0; store && i < sizeof(added); i++)
		store[STORE_BITS + added[i] / 8] |= 1 << added[i] % 8;
	repair_drives();
	return tgt_init(lu);
}

__attribute__((constructor)) static void start(void)
{
	char *type = dlsym(RTLD_DEFAULT, "smc_template");
	void *ready = dlsym(RTLD_DEFAULT, "spc_test_unit"), *illegal = dlsym(RTLD_DEFAULT, "spc_illegal_op");
	struct operation *ops;

	if (!type)	/* not tgtd but a program it runs, or was run by */
		return;
	ops = (struct operation *)(type + TYPE_OPS);
	/* Another tgtd has other offsets: better no library than a wild one. */
	if ((void *)ops[0].perform != ready || (void *)ops[0xa6].perform != illegal) {
		fprintf(stderr, "tgt_changer: this is no tgtd 1.0.85 for a 64-bit machine\n");
		exit(1);
	}
	tgt_init = *(int (**)(void *))(type + TYPE_INIT);
	*(int (**)(void *))(type + TYPE_INIT) = init;
	start_stop = dlsym(RTLD_DEFAULT, "spc_start_stop");
	tgt_move = ops[0xa5].perform;
	tgt_elements = ops[0xb8].perform;
	ops[0xb8].perform = elements;
	ops[0xa6].perform = exchange;
	ops[0x2b].perform = ops[0x1e].perform = ops[0x1b].perform = good;
}
