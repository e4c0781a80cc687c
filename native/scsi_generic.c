/* SCSI commands by SG_IO: one command in; status, data and sense out. */
#include "rsm.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <linux/major.h>
#include <scsi/sg.h>

#include "device_call.h"

enum {
	SHORTEST_CDB = 6,
	FIRST_VERSION_WITH_SG_IO = 30000,
	/* What goes in of a command ends where the first answer begins. */
	INPUT_SIZE = offsetof(struct rsm_scsi_command, residual),
};

/* By enum rsm_direction. */
static const int sg_direction[] = { SG_DXFER_NONE, SG_DXFER_FROM_DEV,
				    SG_DXFER_TO_DEV };

static int32_t check_device(int fd)
{
	struct stat node;
	int version = 0;

	if (fstat(fd, &node) < 0)
		return -errno;
	if (!S_ISCHR(node.st_mode))
		return -ENOTTY;
	if (major(node.st_rdev) != SCSI_GENERIC_MAJOR)
		return 0;
	if (ioctl(fd, SG_GET_VERSION_NUM, &version) < 0)
		return -errno;
	return version < FIRST_VERSION_WITH_SG_IO ? -EOPNOTSUPP : 0;
}

int32_t rsm_open(const char *path)
{
	struct stat node;
	int32_t error;
	int fd;

	if (path == NULL)
		return -EFAULT;
	/* Asked before the open, which alone can already do things to a file
	 * of another sort, and again after it, in case the path has changed. */
	if (stat(path, &node) < 0)
		return -errno;
	if (!S_ISCHR(node.st_mode))
		return -ENOTTY;
	fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	error = check_device(fd);
	if (error < 0) {
		close(fd);
		return error;
	}
	return fd;
}

int32_t rsm_close(int32_t fd)
{
	return close(fd) < 0 ? -errno : 0;
}

static int32_t check_command(const struct rsm_scsi_command *command,
			     const void *data, uint32_t data_size)
{
	if (command->timeout_ms == 0 || command->direction > RSM_TO_DEVICE ||
	    command->cdb_length < SHORTEST_CDB ||
	    command->cdb_length > RSM_MAX_CDB ||
	    (command->reserved[0] | command->reserved[1]) != 0)
		return -EINVAL;
	if (command->direction == RSM_NO_DATA)
		return data_size == 0 ? 0 : -EINVAL;
	if (data_size == 0 || data_size > RSM_MAX_TRANSFER)
		return -EINVAL;
	return data == NULL ? -EFAULT : 0;
}

/* Some drivers report a residual below zero or above the transfer length. */
static uint32_t clamped_residual(int residual, uint32_t data_size)
{
	if (residual < 0)
		return 0;
	return (uint32_t)residual > data_size ? data_size : (uint32_t)residual;
}

int32_t rsm_scsi_execute(int32_t fd, void *command, uint32_t command_size,
			 void *data, uint32_t data_size)
{
	struct rsm_scsi_command local;
	struct sg_io_hdr header;
	int32_t error;

	if (command == NULL)
		return -EFAULT;
	if (command_size != sizeof(local))
		return -EINVAL;
	/* A copy, so that what was checked is what is sent. */
	memset(&local, 0, sizeof(local));
	memcpy(&local, command, INPUT_SIZE);
	error = check_command(&local, data, data_size);
	if (error < 0)
		return error;

	memset(&header, 0, sizeof(header));
	header.interface_id = 'S';
	header.dxfer_direction = sg_direction[local.direction];
	header.cmd_len = local.cdb_length;
	header.cmdp = local.cdb;
	header.mx_sb_len = RSM_MAX_SENSE;
	header.sbp = local.sense;
	header.dxfer_len = data_size;
	header.dxferp = data_size == 0 ? NULL : data;
	header.timeout = local.timeout_ms;
	error = rsm_device_call(fd, SG_IO, &header);
	if (error < 0)
		return error;

	local.residual = clamped_residual(header.resid, data_size);
	local.duration_ms = header.duration;
	local.host_status = header.host_status;
	local.driver_status = header.driver_status;
	local.status = header.status;
	local.sense_length = header.sb_len_wr > RSM_MAX_SENSE ? RSM_MAX_SENSE :
							       header.sb_len_wr;
	memset(local.sense + local.sense_length, 0,
	       sizeof(local.sense) - local.sense_length);
	memcpy((uint8_t *)command + INPUT_SIZE, (uint8_t *)&local + INPUT_SIZE,
	       sizeof(local) - INPUT_SIZE);
	return 0;
}
