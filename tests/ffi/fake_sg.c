/*
 * A SCSI device where there is none: loaded before librsm (LD_PRELOAD), it
 * answers SG_IO on any descriptor. The opcode says how:
 *
 *   00h  GOOD
 *   12h  GOOD; data are 0, 1, 2..., the last 4 bytes are not moved
 *   03h  CHECK CONDITION with 18 bytes of sense
 *   3Bh  GOOD, after FAKE_SG_DELAY_MS; the first byte written comes back as
 *        the host status
 *   01h  ENODEV
 *   04h  GOOD, after FAKE_SG_DELAY_MS
 *
 * The duration told is how many commands were under way at most so far.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <scsi/sg.h>

static atomic_int under_way, most;

static void wait_for_a_while(void)
{
	const char *delay = getenv("FAKE_SG_DELAY_MS");

	usleep(1000 * (delay == NULL ? 1 : atoi(delay)));
}

static int answer(struct sg_io_hdr *header)
{
	unsigned char *data = header->dxferp;

	switch (header->cmdp[0]) {
	case 0x12:
		header->resid = header->dxfer_len < 4 ? 0 : 4;
		for (unsigned i = 0; i + header->resid < header->dxfer_len; i++)
			data[i] = (unsigned char)i;
		return 0;
	case 0x03:
		header->status = 2;
		header->driver_status = 8;
		header->sb_len_wr = 18;
		memset(header->sbp, 0x70, 18);
		return 0;
	case 0x3b:
		wait_for_a_while();
		header->host_status = data[0];
		return 0;
	case 0x01:
		errno = ENODEV;
		return -1;
	case 0x04:
		wait_for_a_while();
		return 0;
	default:
		return 0;
	}
}

int ioctl(int fd, unsigned long request, ...)
{
	int (*next)(int, unsigned long, ...);
	va_list list;
	void *arg;
	int now, result;

	va_start(list, request);
	arg = va_arg(list, void *);
	va_end(list);
	if (request == SG_IO) {
		now = atomic_fetch_add(&under_way, 1) + 1;
		for (int seen = atomic_load(&most); now > seen;)
			if (atomic_compare_exchange_weak(&most, &seen, now))
				break;
		result = answer(arg);
		((struct sg_io_hdr *)arg)->duration = (unsigned)atomic_load(&most);
		atomic_fetch_sub(&under_way, 1);
		return result;
	}
	*(void **)&next = dlsym(RTLD_NEXT, "ioctl");
	return next(fd, request, arg);
}
