/* What a listener has to know and the runtime does not tell, and sd_notify. */
#include "rsm.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int32_t rsm_peer_credentials(int32_t fd, void *out, uint32_t size)
{
	struct ucred peer = { 0 };
	struct rsm_peer local;
	socklen_t length = sizeof(int);
	int domain = 0;

	if (out == NULL)
		return -EFAULT;
	if (size != sizeof(local))
		return -EINVAL;
	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &length) < 0)
		return -errno;
	/* A TCP socket would answer too, with ids that mean nobody. */
	if (domain != AF_UNIX)
		return -EAFNOSUPPORT;
	length = sizeof(peer);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0)
		return -errno;
	if (peer.uid == (uid_t)-1)
		return -ENOTCONN;
	local.pid = peer.pid;
	local.uid = peer.uid;
	local.gid = peer.gid;
	memcpy(out, &local, sizeof(local));
	return 0;
}

int32_t rsm_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return -errno;
	return limit.rlim_cur > INT32_MAX ? INT32_MAX : (int32_t)limit.rlim_cur;
}

int32_t rsm_notify(const char *path, const void *text, uint32_t size)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int32_t result = 0;
	size_t length;
	int fd;

	if (path == NULL || (text == NULL && size > 0))
		return -EFAULT;
	length = strlen(path);
	if ((path[0] != '/' && path[0] != '@') || length < 2 ||
	    length >= sizeof(address.sun_path))
		return -EINVAL;
	memcpy(address.sun_path, path, length);
	if (path[0] == '@')
		address.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	/* The length counts: an abstract name ends where the address does. */
	if (sendto(fd, text, size, MSG_NOSIGNAL | MSG_DONTWAIT,
		   (struct sockaddr *)&address,
		   (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
			       length)) < 0)
		result = -errno;
	close(fd);
	return result;
}
