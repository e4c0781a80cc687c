/* What the other side must know of this one: version and structures. */
#include "rsm.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include <linux/chio.h>

#define SIZE(name, type) { name, sizeof(struct type) }
#define FIELD(name, type, field) { name "." #field, offsetof(struct type, field) }

#define COMMAND(field) FIELD("scsi_command", rsm_scsi_command, field)
#define PEER(field) FIELD("peer", rsm_peer, field)
#define PARAMS(field) FIELD("changer_params", changer_params, field)
#define VENDOR(field) \
	FIELD("changer_vendor_params", changer_vendor_params, field)
#define ELEMENT(field) FIELD("changer_get_element", changer_get_element, field)

static const struct {
	const char *name;
	size_t value;
} entries[] = {
	SIZE("scsi_command", rsm_scsi_command),
	COMMAND(timeout_ms), COMMAND(direction), COMMAND(cdb_length),
	COMMAND(cdb), COMMAND(residual), COMMAND(duration_ms),
	COMMAND(host_status), COMMAND(driver_status), COMMAND(status),
	COMMAND(sense_length), COMMAND(sense),
	SIZE("peer", rsm_peer),
	PEER(pid), PEER(uid), PEER(gid),
	SIZE("changer_params", changer_params),
	PARAMS(cp_curpicker), PARAMS(cp_npickers), PARAMS(cp_nslots),
	PARAMS(cp_nportals), PARAMS(cp_ndrives),
	SIZE("changer_vendor_params", changer_vendor_params),
	VENDOR(cvp_n1), VENDOR(cvp_label1), VENDOR(cvp_n2), VENDOR(cvp_label2),
	VENDOR(cvp_n3), VENDOR(cvp_label3), VENDOR(cvp_n4), VENDOR(cvp_label4),
	SIZE("changer_get_element", changer_get_element),
	ELEMENT(cge_type), ELEMENT(cge_unit), ELEMENT(cge_status),
	ELEMENT(cge_errno), ELEMENT(cge_srctype), ELEMENT(cge_srcunit),
	ELEMENT(cge_id), ELEMENT(cge_lun), ELEMENT(cge_pvoltag),
	ELEMENT(cge_avoltag), ELEMENT(cge_flags),
};

int32_t rsm_abi_version(void)
{
	return RSM_ABI_VERSION;
}

int32_t rsm_layout(uint32_t index, char *name, uint32_t name_size)
{
	if (name == NULL)
		return -EFAULT;
	if (index >= sizeof(entries) / sizeof(entries[0]))
		return -ENOENT;
	if (strlen(entries[index].name) >= name_size)
		return -ENOBUFS;
	strcpy(name, entries[index].name);
	return (int32_t)entries[index].value;
}
