/* The handle table, sockets and layout: what needs no device at all. */
#include "rsm.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

/* -- handles -- */

static void handle_lives_from_open_to_close(void)
{
	char out[8] = "", big[RSM_MAX_PAYLOAD + 1] = "";
	int64_t handle = rsm_handle_open(1, "abc", 3), other;

	CHECK(1, handle > 0);
	CHECK(3, rsm_handle_acquire(handle, 1, out, 8));
	CHECK(0, memcmp(out, "abc", 3));
	CHECK(-EBADF, rsm_handle_acquire(handle, 2, out, 8));
	CHECK(-ENOBUFS, rsm_handle_acquire(handle, 1, out, 2));
	CHECK(-EFAULT, rsm_handle_acquire(handle, 1, NULL, 3));
	CHECK(-EBADF, rsm_handle_close(handle, 2));
	CHECK(1, rsm_handle_close(handle, 1));
	CHECK(-EBADF, rsm_handle_close(handle, 1));
	CHECK(-EBADF, rsm_handle_acquire(handle, 1, out, 8));
	other = rsm_handle_open(1, "x", 1); /* not in the place of the dying one */
	CHECK(0, rsm_handle_release(handle, 1));
	CHECK(-EBADF, rsm_handle_release(handle, 1));
	CHECK(1, rsm_handle_acquire(other, 1, out, 8));
	CHECK(0, rsm_handle_release(other, 1));
	CHECK(-EBADF, rsm_handle_release(other, 1));
	CHECK(0, rsm_handle_close(other, 1));

	CHECK(-EINVAL, rsm_handle_open(0, "", 0));
	CHECK(-EINVAL, rsm_handle_open(64, "", 0));
	CHECK(-EINVAL, rsm_handle_open(1, big, RSM_MAX_PAYLOAD + 1));
	CHECK(-EFAULT, rsm_handle_open(1, NULL, 1));
	handle = rsm_handle_open(63, big, RSM_MAX_PAYLOAD);
	CHECK(RSM_MAX_PAYLOAD, rsm_handle_acquire(handle, 63, big, RSM_MAX_PAYLOAD));
	CHECK(1, rsm_handle_close(handle, 63));
	CHECK(0, rsm_handle_release(handle, 63));
	handle = rsm_handle_open(1, NULL, 0);
	CHECK(0, rsm_handle_acquire(handle, 1, NULL, 0));
	CHECK(0, rsm_handle_release(handle, 1));
	CHECK(0, rsm_handle_close(handle, 1));
}

static void handle_numbers_are_not_given_twice(int rounds)
{
	int64_t stale = rsm_handle_open(1, "", 0), handle = 0;

	CHECK(0, rsm_handle_close(stale, 1));
	for (int i = 0; i < rounds; i++) {
		handle = rsm_handle_open(1, "", 0);
		CHECK(1, handle > 0 && handle != stale);
		CHECK(-EBADF, rsm_handle_acquire(stale, 1, NULL, 0));
		CHECK(0, rsm_handle_close(handle, 1));
	}
	for (int bit = 0; bit < 64; bit++) {
		int64_t wrong = (int64_t)((uint64_t)handle ^ UINT64_C(1) << bit);

		CHECK(-EBADF, rsm_handle_close(wrong, 1));
	}
	CHECK(-EBADF, rsm_handle_close(0, 1));
	CHECK(-EBADF, rsm_handle_close(-1, 1));
	CHECK(-EBADF, rsm_handle_close(INT64_MIN, 1));
	CHECK(-EBADF, rsm_handle_close(INT64_MAX, 63));
}

static void handle_table_has_a_limit_and_recovers(void)
{
	static int64_t handles[RSM_MAX_HANDLES];

	for (int i = 0; i < RSM_MAX_HANDLES; i++) {
		handles[i] = rsm_handle_open(1 + i % 63, &i, sizeof(i));
		CHECK(1, handles[i] > 0);
	}
	CHECK(-EMFILE, rsm_handle_open(1, "", 0));
	CHECK(0, rsm_handle_close(handles[70000], 1 + 70000 % 63));
	handles[70000] = rsm_handle_open(1 + 70000 % 63, &(int){ 70000 }, 4);
	CHECK(-EMFILE, rsm_handle_open(1, "", 0));
	for (int i = 0; i < RSM_MAX_HANDLES; i++) {
		int value = -1, kind = 1 + i % 63;

		CHECK(4, rsm_handle_acquire(handles[i], kind, &value, 4));
		CHECK(i, value);
		CHECK(0, rsm_handle_release(handles[i], kind));
		CHECK(0, rsm_handle_close(handles[i], kind));
	}
}

static void handle_means_nothing_in_a_forked_child(void)
{
	int64_t handle = rsm_handle_open(1, "abc", 3);
	char out[3];
	pid_t child = fork();
	int status;

	if (child == 0) {
		CHECK(-EBADF, rsm_handle_acquire(handle, 1, out, 3));
		CHECK(-EBADF, rsm_handle_close(handle, 1));
		CHECK(-EBADF, rsm_handle_release(handle, 1));
		CHECK(-EBADF, rsm_handle_open(1, "abc", 3));
		_exit(0);
	}
	CHECK(child, waitpid(child, &status, 0));
	CHECK(0, status);
	CHECK(3, rsm_handle_acquire(handle, 1, out, 3));
	CHECK(0, rsm_handle_release(handle, 1));
	CHECK(0, rsm_handle_close(handle, 1));
}

/* -- sockets, layout -- */

static void peer_credentials_are_of_unix_sockets_only(void)
{
	int pair[2], lone = socket(AF_UNIX, SOCK_STREAM, 0);
	int tcp = socket(AF_INET, SOCK_STREAM, 0), null = open("/dev/null", O_RDWR);
	struct rsm_peer peer;

	CHECK(0, socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	CHECK(0, rsm_peer_credentials(pair[0], &peer, sizeof(peer)));
	CHECK(getpid(), peer.pid);
	CHECK(geteuid(), peer.uid);
	CHECK(getegid(), peer.gid);
	CHECK(-EINVAL, rsm_peer_credentials(pair[0], &peer, sizeof(peer) + 1));
	CHECK(-EFAULT, rsm_peer_credentials(pair[0], NULL, sizeof(peer)));
	CHECK(-EBADF, rsm_peer_credentials(-1, &peer, sizeof(peer)));
	CHECK(-ENOTSOCK, rsm_peer_credentials(null, &peer, sizeof(peer)));
	CHECK(-EAFNOSUPPORT, rsm_peer_credentials(tcp, &peer, sizeof(peer)));
	CHECK(-ENOTCONN, rsm_peer_credentials(lone, &peer, sizeof(peer)));
	close(pair[0]), close(pair[1]), close(lone), close(tcp), close(null);
}

static void descriptor_limit_is_the_soft_one(void)
{
	struct rlimit before, lower;

	CHECK(0, getrlimit(RLIMIT_NOFILE, &before));
	lower = before;
	lower.rlim_cur = 64;
	CHECK(0, setrlimit(RLIMIT_NOFILE, &lower));
	CHECK(64, rsm_descriptor_limit());
	CHECK(0, setrlimit(RLIMIT_NOFILE, &before));
}

static void notify_at(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int receiver = socket(AF_UNIX, SOCK_DGRAM, 0);
	char got[64] = "";

	memcpy(address.sun_path, name, strlen(name));
	if (name[0] == '@')
		address.sun_path[0] = 0;
	CHECK(0, bind(receiver, (struct sockaddr *)&address,
		      (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				  strlen(name))));
	CHECK(0, rsm_notify(name, "READY=1", 7));
	CHECK(7, recv(receiver, got, sizeof(got), 0));
	CHECK(0, strcmp(got, "READY=1"));
	for (int i = 0, full = 0; !full; i++) { /* never waits for room */
		int32_t result = rsm_notify(name, "x", 1);

		CHECK(1, result == 0 || result == -EAGAIN);
		CHECK(1, i < 100000);
		full = result != 0;
	}
	close(receiver);
	CHECK(-ECONNREFUSED, rsm_notify(name, "x", 1));
}

static void notify_reaches_paths_and_abstract_names(void)
{
	char name[64], longest[200];

	snprintf(name, sizeof(name), "@rsm-test-%d", getpid());
	notify_at(name);
	snprintf(name, sizeof(name), "/tmp/rsm-test-%d", getpid());
	notify_at(name);
	unlink(name);
	CHECK(-ENOENT, rsm_notify(name, "x", 1));
	CHECK(-EFAULT, rsm_notify(NULL, "x", 1));
	CHECK(-EFAULT, rsm_notify(name, NULL, 1));
	CHECK(-EINVAL, rsm_notify("", "x", 1));
	CHECK(-EINVAL, rsm_notify("@", "x", 1));
	CHECK(-EINVAL, rsm_notify("run/notify", "x", 1));
	memset(longest, '/', sizeof(longest));
	longest[108] = 0;
	CHECK(-EINVAL, rsm_notify(longest, "x", 1));
}

static void layout_lists_every_structure(void)
{
	char name[64];
	uint32_t count = 0;

	CHECK(RSM_ABI_VERSION, rsm_abi_version());
	CHECK(-EFAULT, rsm_layout(0, NULL, 64));
	CHECK(-ENOBUFS, rsm_layout(0, name, 12));
	CHECK(sizeof(struct rsm_scsi_command), rsm_layout(0, name, 13));
	CHECK(0, strcmp(name, "scsi_command"));
	while (rsm_layout(count, name, sizeof(name)) >= 0)
		count++;
	CHECK(-ENOENT, rsm_layout(count, name, sizeof(name)));
	CHECK(-ENOENT, rsm_layout(UINT32_MAX, name, sizeof(name)));
	CHECK(1, count > 40);
}

int main(int argc, char **argv)
{
	/* Under valgrind each step costs fifty. */
	int few = argc > 1 && strcmp(argv[1], "--few") == 0;

	handle_lives_from_open_to_close();
	handle_numbers_are_not_given_twice(few ? 1000 : 1000000);
	handle_table_has_a_limit_and_recovers();
	handle_means_nothing_in_a_forked_child();
	peer_credentials_are_of_unix_sockets_only();
	descriptor_limit_is_the_soft_one();
	notify_reaches_paths_and_abstract_names();
	layout_lists_every_structure();
	return 0;
}
