/* The ioctls of the kernel's `ch` driver. */
#include "rsm.h"

#include <string.h>

#include <linux/chio.h>

#include "device_call.h"

/* By way of a copy: the caller's bytes need not be aligned. */
static int32_t read_structure(int fd, unsigned long request, void *local,
			      size_t local_size, void *out, uint32_t size)
{
	int32_t error;

	if (out == NULL)
		return -EFAULT;
	if (size != local_size)
		return -EINVAL;
	error = rsm_device_call(fd, request, local);
	if (error == 0)
		memcpy(out, local, local_size);
	return error;
}

int32_t rsm_changer_parameters(int32_t fd, void *out, uint32_t size)
{
	struct changer_params local = { 0 };

	return read_structure(fd, CHIOGPARAMS, &local, sizeof(local), out, size);
}

int32_t rsm_changer_vendor_parameters(int32_t fd, void *out, uint32_t size)
{
	struct changer_vendor_params local = { 0 };

	return read_structure(fd, CHIOGVPARAMS, &local, sizeof(local), out,
			      size);
}

int32_t rsm_changer_element(int32_t fd, int32_t type, int32_t unit, void *out,
			    uint32_t size)
{
	struct changer_get_element local = { 0 };

	local.cge_type = type;
	local.cge_unit = unit;
	return read_structure(fd, CHIOGELEM, &local, sizeof(local), out, size);
}

/* How many units of a type, CHET_MT to CHET_V4, the driver knows. */
static int32_t count_units(int fd, int32_t type)
{
	struct changer_params standard = { 0 };
	struct changer_vendor_params vendor = { 0 };
	int32_t error = rsm_device_call(fd, CHIOGPARAMS, &standard);

	if (error == 0 && type >= CHET_V1)
		error = rsm_device_call(fd, CHIOGVPARAMS, &vendor);
	const int counts[] = { standard.cp_npickers, standard.cp_nslots,
			       standard.cp_nportals, standard.cp_ndrives,
			       vendor.cvp_n1,	     vendor.cvp_n2,
			       vendor.cvp_n3,	     vendor.cvp_n4 };
	return error < 0 ? error : counts[type];
}

int32_t rsm_changer_status(int32_t fd, int32_t type, void *out, uint32_t size)
{
	struct changer_element_status local = { .ces_type = type };
	int32_t count, error;

	if (out == NULL)
		return -EFAULT;
	if (type < CHET_MT || type > CHET_V4)
		return -EINVAL;
	/* The ioctl has no length: the driver writes a byte for every unit. */
	count = count_units(fd, type);
	if (count <= 0)
		return count < 0 ? count : 0;
	if ((uint32_t)count > size)
		return -ENOBUFS;
	local.ces_data = out;
	error = rsm_device_call(fd, CHIOGSTATUS, &local);
	return error < 0 ? error : count;
}

int32_t rsm_changer_move(int32_t fd, int32_t from_type, int32_t from_unit,
			 int32_t to_type, int32_t to_unit, int32_t flags)
{
	struct changer_move local = {
		.cm_fromtype = from_type, .cm_fromunit = from_unit,
		.cm_totype = to_type,	  .cm_tounit = to_unit,
		.cm_flags = flags,
	};

	return rsm_device_call(fd, CHIOMOVE, &local);
}

int32_t rsm_changer_exchange(int32_t fd, int32_t source_type,
			     int32_t source_unit, int32_t first_type,
			     int32_t first_unit, int32_t second_type,
			     int32_t second_unit, int32_t flags)
{
	struct changer_exchange local = {
		.ce_srctype = source_type,  .ce_srcunit = source_unit,
		.ce_fdsttype = first_type,  .ce_fdstunit = first_unit,
		.ce_sdsttype = second_type, .ce_sdstunit = second_unit,
		.ce_flags = flags,
	};

	return rsm_device_call(fd, CHIOEXCHANGE, &local);
}

int32_t rsm_changer_position(int32_t fd, int32_t type, int32_t unit,
			     int32_t flags)
{
	struct changer_position local = { .cp_type = type,
					  .cp_unit = unit,
					  .cp_flags = flags };

	return rsm_device_call(fd, CHIOPOSITION, &local);
}

int32_t rsm_changer_initialize(int32_t fd)
{
	return rsm_device_call(fd, CHIOINITELEM, NULL);
}

int32_t rsm_changer_set_volume_tag(int32_t fd, int32_t type, int32_t unit,
				   const void *tag, uint32_t tag_size,
				   int32_t flags)
{
	struct changer_set_voltag local = { .csv_type = type,
					    .csv_unit = unit,
					    .csv_flags = flags };

	if (tag_size > sizeof(local.csv_voltag))
		return -EINVAL;
	if (tag_size > 0 && tag == NULL)
		return -EFAULT;
	if (tag_size > 0)
		memcpy(local.csv_voltag, tag, tag_size);
	return rsm_device_call(fd, CHIOSVOLTAG, &local);
}
