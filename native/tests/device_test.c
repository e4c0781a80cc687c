/* The calls to devices, as far as they go without one. */
#include "rsm.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/chio.h>
#include <scsi/sg.h>

#include "check.h"
#include "fake_kernel.h"

static struct rsm_scsi_command test_unit_ready(void)
{
	return (struct rsm_scsi_command){ .timeout_ms = 1000, .cdb_length = 6 };
}

static int refuse_errno;

static int refuse(unsigned long request, void *arg)
{
	(void)request, (void)arg;
	errno = refuse_errno;
	return -1;
}

/* -- open and close -- */

static int sg_version;

static int answer_version(unsigned long request, void *arg)
{
	CHECK(SG_GET_VERSION_NUM, request);
	*(int *)arg = sg_version;
	return 0;
}

static void open_takes_character_devices_only(void)
{
	char directory[] = "/tmp/rsm-test-XXXXXX", fifo[64];
	int fd;

	CHECK(1, mkdtemp(directory) != NULL);
	snprintf(fifo, sizeof(fifo), "%s/fifo", directory);
	CHECK(0, mkfifo(fifo, 0600));
	CHECK(-EFAULT, rsm_open(NULL));
	CHECK(-ENOENT, rsm_open("/nonexistent/sg0"));
	CHECK(-ENOENT, rsm_open(""));
	CHECK(-ENOTTY, rsm_open(directory));
	CHECK(-ENOTTY, rsm_open(fifo));
	CHECK(-ENOTTY, rsm_open("/proc/self/status"));
	unlink(fifo);
	rmdir(directory);

	fd = rsm_open("/dev/null");
	CHECK(1, fd >= 0);
	CHECK(FD_CLOEXEC, fcntl(fd, F_GETFD));
	CHECK(O_RDWR | O_NONBLOCK, fcntl(fd, F_GETFL) & (O_ACCMODE | O_NONBLOCK));
	CHECK(0, rsm_close(fd));
	CHECK(-EBADF, rsm_close(fd));
	CHECK(-EBADF, rsm_close(-1));
}

static void open_refuses_an_old_sg_driver(void)
{
	int next = dup(0), fd;

	close(next);
	fake.looks_like_sg = 1;
	fake.answer = answer_version;
	sg_version = 29999;
	CHECK(-EOPNOTSUPP, rsm_open("/dev/null"));
	fake.answer = refuse;
	refuse_errno = ENXIO;
	CHECK(-ENXIO, rsm_open("/dev/null"));
	fake.answer = answer_version;
	sg_version = 30000;
	fd = rsm_open("/dev/null");
	CHECK(next, fd); /* the refused ones were closed */
	CHECK(0, rsm_close(fd));
	fake.looks_like_sg = 0;
	fake.answer = NULL;
}

/* -- commands -- */

static int32_t execute(struct rsm_scsi_command command, void *data, uint32_t size)
{
	return rsm_scsi_execute(0, &command, sizeof(command), data, size);
}

static void execute_checks_every_field(void)
{
	struct rsm_scsi_command command = test_unit_ready(), wrong;
	uint8_t data[4] = { 0 };

	refuse_errno = EPERM;
	fake.answer = refuse;
	fake.calls = 0;
	CHECK(-EFAULT, rsm_scsi_execute(0, NULL, sizeof(command), NULL, 0));
	CHECK(-EINVAL, rsm_scsi_execute(0, &command, 0, NULL, 0));
	CHECK(-EINVAL, rsm_scsi_execute(0, &command, sizeof(command) - 1, NULL, 0));
	CHECK(-EINVAL, rsm_scsi_execute(0, &command, UINT32_MAX, NULL, 0));
	wrong = command, wrong.timeout_ms = 0;
	CHECK(-EINVAL, execute(wrong, NULL, 0));
	wrong = command, wrong.cdb_length = 5;
	CHECK(-EINVAL, execute(wrong, NULL, 0));
	wrong = command, wrong.cdb_length = 33;
	CHECK(-EINVAL, execute(wrong, NULL, 0));
	wrong = command, wrong.direction = 3;
	CHECK(-EINVAL, execute(wrong, data, 4));
	wrong = command, wrong.reserved[1] = 1;
	CHECK(-EINVAL, execute(wrong, NULL, 0));
	CHECK(-EINVAL, execute(command, data, 4)); /* data without direction */
	wrong = command, wrong.direction = RSM_FROM_DEVICE;
	CHECK(-EINVAL, execute(wrong, data, 0));
	CHECK(-EINVAL, execute(wrong, data, RSM_MAX_TRANSFER + 1));
	CHECK(-EFAULT, execute(wrong, NULL, 4));
	wrong.direction = RSM_TO_DEVICE;
	CHECK(-EINVAL, execute(wrong, data, 0));
	CHECK(-EFAULT, execute(wrong, NULL, 4));
	CHECK(0, fake.calls); /* none of these came as far as the kernel */
	CHECK(-EPERM, execute(command, NULL, 0));
	CHECK(1, fake.calls);
	fake.answer = NULL;
}

static void execute_gives_the_kernels_errno(void)
{
	struct rsm_scsi_command command = test_unit_ready();
	int ends[2], null = rsm_open("/dev/null");

	CHECK(0, pipe(ends));
	memset(command.sense, 7, sizeof(command.sense));
	command.residual = 77;
	CHECK(-EBADF, rsm_scsi_execute(-1, &command, sizeof(command), NULL, 0));
	CHECK(-ENOTTY, rsm_scsi_execute(null, &command, sizeof(command), NULL, 0));
	CHECK(-ENOTTY, rsm_scsi_execute(ends[0], &command, sizeof(command), NULL, 0));
	CHECK(7, command.sense[0]); /* untouched by a call that failed */
	CHECK(77, command.residual);
	close(ends[0]);
	close(ends[1]);
	rsm_close(null);
}

static struct sg_io_hdr seen, told;

static int answer_command(unsigned long request, void *arg)
{
	struct sg_io_hdr *header = arg;

	CHECK(SG_IO, request);
	seen = *header;
	header->status = told.status;
	header->host_status = told.host_status;
	header->driver_status = told.driver_status;
	header->resid = told.resid;
	header->duration = told.duration;
	header->sb_len_wr = told.sb_len_wr;
	CHECK(RSM_MAX_SENSE, header->mx_sb_len);
	memset(header->sbp, 0x5a, header->mx_sb_len);
	for (unsigned i = 0; i < header->dxfer_len; i++) {
		if (header->dxfer_direction == SG_DXFER_FROM_DEV)
			((uint8_t *)header->dxferp)[i] = (uint8_t)i;
	}
	return 0;
}

static void execute_says_to_the_kernel_what_it_was_told(void)
{
	struct rsm_scsi_command command = test_unit_ready();
	uint8_t data[300], raw[sizeof(command) + 1];

	fake.answer = answer_command;
	memset(&told, 0, sizeof(told));
	command.cdb_length = 32;
	command.cdb[31] = 9;
	command.direction = RSM_FROM_DEVICE;
	CHECK(0, rsm_scsi_execute(0, &command, sizeof(command), data, sizeof(data)));
	CHECK('S', seen.interface_id);
	CHECK(SG_DXFER_FROM_DEV, seen.dxfer_direction);
	CHECK(32, seen.cmd_len);
	CHECK(1000, seen.timeout);
	CHECK(sizeof(data), seen.dxfer_len);
	CHECK(1, seen.dxferp == data);
	CHECK(0, seen.flags | seen.iovec_count);
	CHECK(299 & 255, data[299]);

	command.direction = RSM_TO_DEVICE;
	CHECK(0, rsm_scsi_execute(0, &command, sizeof(command), data, 1));
	CHECK(SG_DXFER_TO_DEV, seen.dxfer_direction);
	/* At an odd address, as bytes from another language may be. */
	command = test_unit_ready();
	memcpy(raw + 1, &command, sizeof(command));
	CHECK(0, rsm_scsi_execute(0, raw + 1, sizeof(command), NULL, 0));
	CHECK(SG_DXFER_NONE, seen.dxfer_direction);
	CHECK(1, seen.dxferp == NULL);
	fake.answer = NULL;
}

static void execute_gives_back_what_the_kernel_said(void)
{
	struct rsm_scsi_command command = test_unit_ready();
	uint8_t data[16];

	fake.answer = answer_command;
	command.direction = RSM_FROM_DEVICE;
	told = (struct sg_io_hdr){ .status = 2, .host_status = 0x103,
				   .driver_status = 0x208, .resid = 5,
				   .duration = 1234, .sb_len_wr = 18 };
	CHECK(0, rsm_scsi_execute(0, &command, sizeof(command), data, 16));
	CHECK(2, command.status);
	CHECK(0x103, command.host_status);
	CHECK(0x208, command.driver_status);
	CHECK(5, command.residual);
	CHECK(1234, command.duration_ms);
	CHECK(18, command.sense_length);
	CHECK(0x5a, command.sense[17]);
	CHECK(0, command.sense[18]);
	CHECK(6, command.cdb_length);

	told.resid = -1;
	told.sb_len_wr = 255;
	CHECK(0, rsm_scsi_execute(0, &command, sizeof(command), data, 16));
	CHECK(0, command.residual);
	CHECK(RSM_MAX_SENSE, command.sense_length);
	told.resid = 17;
	CHECK(0, rsm_scsi_execute(0, &command, sizeof(command), data, 16));
	CHECK(16, command.residual);
	fake.answer = NULL;
}

/* Child processes inherit the mask of the thread that starts them. */
static void *call_and_look(void *unused)
{
	sigset_t held;

	(void)unused;

	for (int i = 0; i < 2; i++) {
		CHECK(0, execute(test_unit_ready(), NULL, 0));
		CHECK(1, fake.usr1_held);
		CHECK(0, fake.segv_held);
	}
	pthread_sigmask(SIG_BLOCK, NULL, &held);
	CHECK(0, sigismember(&held, SIGUSR1));
	return NULL;
}

static void signals_are_held_back_in_a_call_only(void)
{
	pthread_t other;

	fake.answer = answer_command;
	call_and_look(NULL);
	CHECK(0, pthread_create(&other, NULL, call_and_look, NULL));
	CHECK(0, pthread_join(other, NULL));
	fake.answer = NULL;
}

/* -- the changer driver -- */

static struct {
	unsigned long request;
	uint8_t arg[256];
} changer_saw;

static int answer_changer(unsigned long request, void *arg)
{
	size_t size = _IOC_SIZE(request);

	changer_saw.request = request;
	if (arg != NULL)
		memcpy(changer_saw.arg, arg, size);
	switch (request) {
	case CHIOGPARAMS:
		*(struct changer_params *)arg =
			(struct changer_params){ 0, 1, 5, 2, 3 };
		return 0;
	case CHIOGVPARAMS:
		*(struct changer_vendor_params *)arg =
			(struct changer_vendor_params){ .cvp_n1 = 4,
							.cvp_label1 = "v",
							.cvp_n4 = 6 };
		return 0;
	case CHIOGSTATUS:
		memset(((struct changer_element_status *)arg)->ces_data, 9, 4);
		return 0;
	case CHIOGELEM:
		((struct changer_get_element *)arg)->cge_status = 1;
		return 0;
	default:
		return 0;
	}
}

static void changer_calls_pass_arguments_and_answers(void)
{
	struct changer_params params;
	struct changer_vendor_params vendor;
	struct changer_get_element element;
	struct changer_move *move = (void *)changer_saw.arg;
	struct changer_exchange *exchange = (void *)changer_saw.arg;
	struct changer_position *position = (void *)changer_saw.arg;
	struct changer_set_voltag *tag = (void *)changer_saw.arg;
	char bytes[RSM_VOLUME_TAG];

	fake.answer = answer_changer;
	CHECK(0, rsm_changer_parameters(0, &params, sizeof(params)));
	CHECK(5, params.cp_nslots);
	CHECK(0, rsm_changer_vendor_parameters(0, &vendor, sizeof(vendor)));
	CHECK('v', vendor.cvp_label1[0]);
	CHECK(0, rsm_changer_element(0, 3, 1, &element, sizeof(element)));
	CHECK(3, element.cge_type);
	CHECK(1, element.cge_unit);
	CHECK(1, element.cge_status);
	CHECK(0, rsm_changer_move(0, 1, 2, 3, 4, 5));
	CHECK(12345, move->cm_fromtype * 10000 + move->cm_fromunit * 1000 +
			     move->cm_totype * 100 + move->cm_tounit * 10 +
			     (int)move->cm_flags);
	CHECK(0, rsm_changer_exchange(0, 1, 2, 3, 4, 5, 6, 7));
	CHECK(CHIOEXCHANGE, changer_saw.request);
	CHECK(1234567,
	      exchange->ce_srctype * 1000000 + exchange->ce_srcunit * 100000 +
		      exchange->ce_fdsttype * 10000 +
		      exchange->ce_fdstunit * 1000 +
		      exchange->ce_sdsttype * 100 + exchange->ce_sdstunit * 10 +
		      (int)exchange->ce_flags);
	CHECK(0, rsm_changer_position(0, 1, 2, 3));
	CHECK(123, position->cp_type * 100 + position->cp_unit * 10 +
			   (int)position->cp_flags);
	CHECK(0, rsm_changer_initialize(0));
	CHECK(CHIOINITELEM, changer_saw.request);
	memset(bytes, 'T', sizeof(bytes));
	CHECK(0, rsm_changer_set_volume_tag(0, 1, 2, bytes, 3, 4));
	CHECK(124, tag->csv_type * 100 + tag->csv_unit * 10 + (int)tag->csv_flags);
	CHECK('T', tag->csv_voltag[2]);
	CHECK(0, tag->csv_voltag[3]);
	CHECK(0, rsm_changer_set_volume_tag(0, 1, 2, bytes, 36, 4));
	CHECK(0, rsm_changer_set_volume_tag(0, 1, 2, NULL, 0, 4));
	CHECK(1, fake.usr1_held);
	fake.answer = NULL;
}

static void changer_calls_check_sizes(void)
{
	uint8_t out[256] = { 0 };

	fake.answer = answer_changer;
	fake.calls = 0;
	CHECK(-EFAULT, rsm_changer_parameters(0, NULL, 20));
	CHECK(-EINVAL, rsm_changer_parameters(0, out, 19));
	CHECK(-EINVAL, rsm_changer_vendor_parameters(0, out, 113));
	CHECK(-EINVAL, rsm_changer_element(0, 1, 0, out, 0));
	CHECK(-EINVAL, rsm_changer_set_volume_tag(0, 1, 0, out, 37, 1));
	CHECK(-EFAULT, rsm_changer_set_volume_tag(0, 1, 0, NULL, 1, 1));
	CHECK(-EFAULT, rsm_changer_status(0, 1, NULL, 0));
	CHECK(-EINVAL, rsm_changer_status(0, -1, out, 9));
	CHECK(-EINVAL, rsm_changer_status(0, 8, out, 9));
	CHECK(0, fake.calls);
	/* The driver would write a byte for each of the 5 slots. */
	CHECK(-ENOBUFS, rsm_changer_status(0, CHET_ST, out, 4));
	CHECK(0, out[0]);
	CHECK(5, rsm_changer_status(0, CHET_ST, out, 5));
	CHECK(9, out[3]);
	CHECK(1, rsm_changer_status(0, CHET_MT, out, 256));
	CHECK(2, rsm_changer_status(0, CHET_IE, out, 256));
	CHECK(3, rsm_changer_status(0, CHET_DT, out, 256));
	CHECK(4, rsm_changer_status(0, CHET_V1, out, 256));
	CHECK(0, rsm_changer_status(0, CHET_V2, out, 256));
	CHECK(6, rsm_changer_status(0, CHET_V4, out, 256));
	fake.answer = refuse;
	refuse_errno = EBADSLT;
	CHECK(-EBADSLT, rsm_changer_status(0, CHET_ST, out, 256));
	CHECK(-EBADSLT, rsm_changer_move(0, 1, 2, 3, 4, 0));
	fake.answer = NULL;
	CHECK(-EBADF, rsm_changer_initialize(-1));
}

int main(void)
{
	open_takes_character_devices_only();
	open_refuses_an_old_sg_driver();
	execute_checks_every_field();
	execute_gives_the_kernels_errno();
	execute_says_to_the_kernel_what_it_was_told();
	execute_gives_back_what_the_kernel_said();
	signals_are_held_back_in_a_call_only();
	changer_calls_pass_arguments_and_answers();
	changer_calls_check_sizes();
	return 0;
}
