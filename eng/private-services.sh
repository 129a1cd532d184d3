# shellcheck shell=bash
# Sourced by demo.sh and load-tests/sizing.sh: a private RabbitMQ and a worker that end with the script. Not a program.
# The script sets work (a folder, gone at the end), amqp and http (ports), and calls `trap stop_everything EXIT`.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers would outlive the script.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
# Debian's own scripts: those in /usr/sbin would become the user rabbitmq.
export PATH=/usr/lib/rabbitmq/bin:$PATH
work='' worker='' server='' mapper='' amqp='' http=''

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
die() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; exit 1; }

# Ends a process of ours: politely, and by force when it takes longer than the given seconds.
stop() {
  local pid=$1 patience=$2
  [[ -n $pid ]] && kill -TERM "$pid" 2>/dev/null || return 0
  for ((i = 0; i < patience * 10; i++)); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
}

stop_everything() {
  local status=$?
  trap - EXIT
  trap '' INT TERM HUP
  if [[ $status -ne 0 && $status -ne 130 && -n $work ]]; then
    tail -n 20 "$work"/*.log >&2
  fi
  # The worker first: it takes its apertium-apy along.
  stop "$worker" 40
  if [[ -n $work ]]; then
    stop "$(cat "$work/broker.pid" 2>/dev/null)" 20
    stop "$server" 5
    stop "$mapper" 5
    rm -rf "$work"
  fi
  exit "$status"
}

# Whether something answers on a port of this machine.
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    listens "$port" || { echo "$port"; return; }
  done
}

# Waits until a check holds, for as long as the process lives that is to make it so.
await() {
  local what=$1 pid=$2 patience=$3
  shift 3
  for ((i = 0; i < patience * 5; i++)); do
    "$@" && return
    kill -0 "$pid" 2>/dev/null || die "$what ended before it was ready."
    sleep 0.2
  done
  die "$what was not ready within $patience s."
}

start_broker() {
  local tool environment
  for tool in rabbitmq-server epmd; do
    command -v "$tool" >/dev/null || die "$tool is missing although RabbitMQ seems to be installed; on Debian: apt-get install --reinstall rabbitmq-server"
  done
  echo '[].' >"$work/plugins"
  : >"$work/env.conf"
  printf '%s\n' "listeners.tcp.1 = 127.0.0.1:$amqp" 'disk_free_limit.absolute = 10MB' 'log.console = true' 'log.file = false' >"$work/rabbitmq.conf"
  # A node of its own in every respect: name, ports, port mapper, data, and the cookie, which lies in the home folder.
  environment=(HOME="$work" ERL_CRASH_DUMP=/dev/null ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$(free_port)" RABBITMQ_DIST_PORT="$(free_port)"
    RABBITMQ_NODENAME="voiceworker-demo-$amqp@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$amqp"
    RABBITMQ_CONFIG_FILE="$work/rabbitmq.conf" RABBITMQ_CONF_ENV_FILE="$work/env.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$work/plugins"
    RABBITMQ_MNESIA_BASE="$work/data" RABBITMQ_LOG_BASE="$work/log" RABBITMQ_GENERATED_CONFIG_DIR="$work/generated"
    RABBITMQ_PID_FILE="$work/broker.pid" RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}")
  env "${environment[@]}" epmd </dev/null >"$work/epmd.log" 2>&1 &
  mapper=$!
  env "${environment[@]}" rabbitmq-server </dev/null >"$work/broker.log" 2>&1 &
  server=$!
}

ready() {
  local status=
  { exec 3<>"/dev/tcp/127.0.0.1/$http"; } 2>/dev/null || return 1
  printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3
  read -r _ status _ <&3 || true
  exec 3>&-
  [[ $status == 200 ]]
}
