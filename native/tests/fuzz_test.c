/*
 * Any bytes as a request, and any answer of the kernel to it: no access out of
 * bounds, and what comes back keeps its promises.
 */
#include "rsm.h"

#include <string.h>
#include <sys/ioctl.h>

#include <linux/chio.h>
#include <scsi/sg.h>

#include "check.h"
#include "fake_kernel.h"

static const uint8_t *bytes;
static size_t left;

static void take(void *out, size_t size)
{
	size_t some = size < left ? size : left;

	memset(out, 0, size);
	memcpy(out, bytes, some);
	bytes += some;
	left -= some;
}

static uint32_t take_number(uint32_t most)
{
	uint32_t number;

	take(&number, sizeof(number));
	return most == UINT32_MAX ? number : number % (most + 1);
}

static int answer_anything(unsigned long request, void *arg)
{
	struct sg_io_hdr *header = arg;
	struct changer_element_status *status = arg;

	if (take_number(7) == 0) {
		errno = (int)take_number(132) + 1;
		return -1;
	}
	switch (request) {
	case SG_IO:
		/* What the library lets through, a kernel may touch. */
		take(header->sbp, header->mx_sb_len);
		if (header->dxfer_direction == SG_DXFER_FROM_DEV)
			memset(header->dxferp, 1, header->dxfer_len);
		header->sb_len_wr = (unsigned char)take_number(255);
		header->resid = (int)take_number(UINT32_MAX);
		break;
	case CHIOGSTATUS:
		take(status->ces_data, 1);
		break;
	default:
		if (arg != NULL)
			take(arg, _IOC_SIZE(request));
	}
	return 0;
}

static void fuzz_execute(void)
{
	struct rsm_scsi_command command;
	uint32_t data_size = take_number(512);
	uint32_t command_size = sizeof(command);
	uint8_t *data = malloc(data_size + 1);
	int32_t result;

	if (take_number(15) == 0)
		command_size = take_number(UINT32_MAX);
	take(&command, sizeof(command));
	if (take_number(3) != 0) {
		command.reserved[0] = command.reserved[1] = 0;
		command.direction %= 3;
		command.cdb_length %= RSM_MAX_CDB + 1;
	}
	result = rsm_scsi_execute(0, &command, command_size, data, data_size);
	if (result == 0) {
		CHECK(1, command.residual <= data_size);
		CHECK(1, command.sense_length <= RSM_MAX_SENSE);
		for (int i = command.sense_length; i < RSM_MAX_SENSE; i++)
			CHECK(0, command.sense[i]);
	}
	CHECK(1, result <= 0);
	free(data);
}

static void fuzz_changer(void)
{
	uint32_t size = take_number(256);
	uint8_t *out = malloc(size + 1);
	int32_t type = (int32_t)take_number(12) - 2;
	int32_t unit = (int32_t)take_number(UINT32_MAX);

	CHECK(1, rsm_changer_parameters(0, out, size) <= 0);
	CHECK(1, rsm_changer_vendor_parameters(0, out, size) <= 0);
	CHECK(1, rsm_changer_element(0, type, unit, out, size) <= 0);
	CHECK(1, rsm_changer_status(0, type, out, size) <= (int32_t)size);
	CHECK(1, rsm_changer_set_volume_tag(0, type, unit, out, size, unit) <= 0);
	free(out);
}

static void fuzz_handles(void)
{
	int64_t handle = 0, known = rsm_handle_open(1, "abc", 3);
	uint8_t payload[8];

	take(&handle, sizeof(handle));
	if (handle != known) {
		CHECK(-EBADF, rsm_handle_acquire(handle, 1, payload, 8));
		CHECK(-EBADF, rsm_handle_release(handle, 1));
		CHECK(-EBADF, rsm_handle_close(handle, 1));
	}
	CHECK(0, rsm_handle_close(known, 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	bytes = input;
	left = size;
	fake.answer = answer_anything;
	switch (take_number(2)) {
	case 0:
		fuzz_execute();
		break;
	case 1:
		fuzz_changer();
		break;
	default:
		fuzz_handles();
	}
	return 0;
}
