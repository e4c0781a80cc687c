#!/bin/bash
# Process 1 of the kernel lab's machine (user-mode Linux). It starts on the
# host's own files, mounted read-only, stacks memory on top so that everything
# can be written and nothing stays, starts the emulated library, logs in to it
# and runs the command. kernel_lab.ts starts it and wrote settings.sh.
#
# The kernel hands over $lab: the host's directory of this run, which is
# mounted at /run/lab as soon as there is a /run to mount it on.
export LC_ALL=C
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
L=/run/lab

# Debian's user-mode Linux has no other way out than reboot(2): here
# LINUX_REBOOT_CMD_POWER_OFF, as init, or the kernel would panic.
power_off() {
  sync
  perl -e 'syscall(169, 0xfee1dead, 672274793, 0x4321fedc, 0)'
}
fail() {
  echo "lab: $*"
  power_off
}
step() {
  local up
  read -r up _ < /proc/uptime
  echo "lab: $up s: $*"
}
# Tries the command every 50 ms, for 10 s; a process takes 42 ms to start
# here, so what it waits for should be seen by the shell itself.
wait_for() {
  for ((try = 0; try < 200; try++)); do
    "$@" && return
    sleep 0.05
  done
  return 1
}

# The overlay module is not where modprobe looks, and the root is not yet
# writable: hence the detour by way of a memory file system.
stack_memory() {
  mount -t proc proc /proc && mount -t sysfs sys /sys &&
    mount -t tmpfs memory /mnt || fail "no first mounts"
  mkdir -p /mnt/modprobe/lib /mnt/upper /mnt/work /mnt/root
  ln -s /usr/lib/uml/modules /mnt/modprobe/lib/modules
  modprobe -d /mnt/modprobe overlay || fail "no overlay module"
  local root=/mnt/root
  mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work root $root ||
    fail "no overlay"
  mount -t proc proc $root/proc && mount -t sysfs sys $root/sys &&
    mount -t devtmpfs dev $root/dev && mount -t tmpfs -o mode=755 run $root/run ||
    fail "no mounts in the overlay"
  mkdir -p $root/dev/shm $root/dev/pts $root/run/lab $root/run/lock $root/run/tgtd
  mount -t tmpfs shm $root/dev/shm
  mount -t devpts pts $root/dev/pts
  mount -t hostfs -o "$lab" lab $root/run/lab || fail "no directory of the run"
  exec chroot $root /bin/bash /run/lab/machine.sh inside
}

prepare() {
  echo lab > /proc/sys/kernel/hostname
  ln -sfn /proc/self/fd /dev/fd
  ln -sfn fd/0 /dev/stdin
  ln -sfn fd/1 /dev/stdout
  ln -sfn fd/2 /dev/stderr
  ip link set lo up || fail "no loopback network"
  local dir
  for dir in "${writable[@]}"; do
    mount -t hostfs -o "$dir" writable "$dir" || fail "cannot write to $dir"
  done
  rm -rf "/lib/modules/$(uname -r)"
  mkdir -p /lib/modules
  ln -s "/usr/lib/uml/modules/$(uname -r)" /lib/modules/
  modprobe -a ch sg st iscsi_tcp || fail "no SCSI modules"
  step "modules loaded"
}

# In hexadecimal, as /proc/net/tcp has it: 3260, the port that the kernel logs
# in to, is 0CBC. 0A is "listening".
listening() { [[ $(< /proc/net/tcp) == *":$1 00000000:0000 0A"* ]]; }

start_library() {
  $L/lab-target start || fail "tgtd does not start"
  if ((faults)); then
    : > /run/faults
    setsid "$deno" run --no-config --no-lock -A $L/fault_proxy.ts 3260 3261 /run/faults \
      < /dev/null > $L/faults.log 2>&1 &
    wait_for listening 0CBC || fail "no fault proxy"
  fi
  step "library started"
}

log_in() {
  local iqn=iqn.2001-01.lab:library
  mkdir -p /etc/iscsi /run/lock/iscsi
  mount -t tmpfs iscsi /etc/iscsi
  echo InitiatorName=iqn.2001-01.lab:host > /etc/iscsi/initiatorname.iscsi
  # Short waits, so that a test of a lost connection takes seconds.
  cat > /etc/iscsi/iscsid.conf << 'CONF'
iscsid.startup = /bin/false
node.startup = manual
node.session.timeo.replacement_timeout = 10
node.conn[0].timeo.login_timeout = 5
node.conn[0].timeo.logout_timeout = 5
node.conn[0].timeo.noop_out_interval = 5
node.conn[0].timeo.noop_out_timeout = 5
node.session.err_timeo.abort_timeout = 5
node.session.err_timeo.lu_reset_timeout = 5
node.session.err_timeo.tgt_reset_timeout = 5
node.session.err_timeo.host_reset_timeout = 10
node.session.initial_login_retry_max = 4
node.session.scan = auto
CONF
  setsid iscsid -f < /dev/null > $L/iscsid.log 2>&1 &
  wait_for eval '[[ $(< /proc/net/unix) == *ISCSIADM_ABSTRACT* ]]' || fail "iscsid does not start"
  iscsiadm -m node -T $iqn -p 127.0.0.1:3260 -o new > /dev/null &&
    iscsiadm -m node -T $iqn -p 127.0.0.1:3260 --login > /dev/null || fail "no iSCSI login"
  step "logged in"
}

# Sets changer_sg, tapes and tapes_sg; drives in the order of their elements,
# which is that of their LUNs, not that in which the kernel numbered them.
find_devices() {
  local d t
  tapes=() tapes_sg=()
  [[ -c /dev/sch0 ]] || return
  changer_sg=$(sg_of /sys/class/scsi_changer/sch0) || return
  for ((d = 0; d < drives; d++)); do
    for t in /sys/bus/scsi/devices/*:$((2 + d))/scsi_tape/nst*[0-9]; do
      [[ -c /dev/${t##*/} ]] || return
      tapes+=("/dev/${t##*/}")
      tapes_sg+=("$(sg_of "$t")") || return
    done
  done
}
sg_of() {
  local nodes=("$1"/device/scsi_generic/sg*)
  [[ -c /dev/${nodes[0]##*/} ]] && echo "/dev/${nodes[0]##*/}"
}

# The output goes through pipes and only then to the serial lines that the
# host reads, so that the command sees no terminal.
run_command() {
  mkfifo /run/out /run/err
  stty -F /dev/ttyS0 raw -echo
  stty -F /dev/ttyS1 raw -echo
  cat /run/out > /dev/ttyS0 & local out=$!
  cat /run/err > /dev/ttyS1 & local err=$!
  local began=$SECONDS status
  (
    trap - INT TERM HUP
    cd -- "$directory" || exit 125
    exec env -i "${environment[@]}" CHANGER="$changer_sg" TAPE="${tapes[0]-}" \
      LAB_CHANGER_CH=/dev/sch0 LAB_CHANGER_SG="$changer_sg" \
      LAB_DRIVES="${tapes[*]}" LAB_DRIVES_SG="${tapes_sg[*]}" LAB_FAULTS=/run/faults \
      timeout -k 2 "$timeout" "${command[@]}"
  ) < /dev/null > /run/out 2> /run/err
  status=$?
  # What the command left running may keep the pipes open; give it 3 s.
  for ((try = 0; try < 60; try++)); do
    kill -0 $out 2> /dev/null || kill -0 $err 2> /dev/null || break
    sleep 0.05
  done
  kill -KILL $out $err 2> /dev/null
  wait $out $err
  # timeout(1) says 137 where it had to use SIGKILL.
  ((status == 137 && SECONDS - began >= ${timeout%.*})) && status=124
  step "command ended with $status"
  echo $status > $L/status
}

[[ ${1-} == inside ]] || stack_memory
trap '' INT TERM HUP
. $L/settings.sh
(
  sleep "$boot_timeout"
  fail "not ready after $boot_timeout s"
) & watchdog=$!
prepare
start_library
log_in
wait_for find_devices || fail "the changer or a drive did not appear"
kill -KILL $watchdog
wait $watchdog 2> /dev/null
step "ready"
: > $L/started
run_command
power_off
