/*
 * The yardstick of bench/mount_bench.ts: the SCSI commands of a mount, sent one
 * after the other by a plain C program.
 *
 *   cc -O2 -shared -fPIC -o cdb_list.so cdb_list.c
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <scsi/sg.h>

/* As bench/mount_bench.ts writes it. */
struct request {
	uint32_t device, cdb_len, data_len;
	unsigned char cdb[16];
};

static unsigned char data[1 << 20];

static int send_request(int fd, struct request *request)
{
	unsigned char sense[252] = { 0 };
	struct sg_io_hdr header;

	memset(&header, 0, sizeof(header));
	header.interface_id = 'S';
	header.dxfer_direction =
		request->data_len ? SG_DXFER_FROM_DEV : SG_DXFER_NONE;
	header.cmd_len = request->cdb_len;
	header.cmdp = request->cdb;
	header.dxfer_len = request->data_len;
	header.dxferp = data;
	header.mx_sb_len = sizeof(sense);
	header.sbp = sense;
	header.timeout = 60000;
	return ioctl(fd, SG_IO, &header);
}

/*
 * Sends `count` requests, each to its device; gives the nanoseconds they took,
 * or -errno. `paths` are `devices` strings, one after the other.
 */
int64_t cdb_list(const char *paths, int32_t devices, struct request *list,
		 int32_t count)
{
	int fds[16], result = 0, opened = 0;
	struct timespec began, ended;

	while (opened < devices && opened < 16) {
		fds[opened] = open(paths, O_RDWR | O_NONBLOCK | O_CLOEXEC);
		if (fds[opened] < 0)
			break;
		opened++;
		paths += strlen(paths) + 1;
	}
	if (opened < devices)
		result = -1;
	clock_gettime(CLOCK_MONOTONIC, &began);
	for (int32_t i = 0; i < count && result >= 0; i++)
		result = send_request(fds[list[i].device], &list[i]);
	if (result < 0)
		result = -errno;
	clock_gettime(CLOCK_MONOTONIC, &ended);
	while (opened > 0)
		close(fds[--opened]);
	if (result < 0)
		return result;
	return (ended.tv_sec - began.tv_sec) * INT64_C(1000000000) +
	       (ended.tv_nsec - began.tv_nsec);
}
