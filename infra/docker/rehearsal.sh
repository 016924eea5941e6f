#!/bin/bash
# Builds docker-compose.yml and runs it, on a machine with Debian 12 and root, without a container engine and without a
# registry of images: Docker from Debian's packages, in a network namespace of its own, and the stand-ins of base-images.sh.
#   infra/docker/rehearsal.sh [project folder]      CACHE=folder that keeps programs and images between runs
# The last line is "N passed, N failed". Exit code 3: the rehearsal cannot run here, the last line says why.
set -Eeuo pipefail
project=$(realpath "${1:-.}") here=$(dirname "$(realpath "$0")") cache=${CACHE:-/var/cache/throughline-compose}
ns=throughline-compose work=$(mktemp -d) daemon='' failed=0 passed=0
cannot() { echo "not run: $1"; exit 3; }
[ "$(id -u)" = 0 ] || cannot 'it needs root'
[ "$(. /etc/os-release; echo "$ID-$VERSION_ID")" = debian-12 ] || cannot 'it knows Debian 12 only'
unshare --net true 2>/dev/null || cannot 'this machine allows no network namespaces'
say() { printf '%4d s  %s\n' $SECONDS "$*"; }
check() { local what=$1; shift; if "$@"; then passed=$((passed + 1)); say "ok    $what"; else failed=$((failed + 1)); say "FAILS $what"; fi; }
trap 'say "cannot go on: line $LINENO: $BASH_COMMAND"; tail -n 5 "$work"/*.log; exit 1' ERR
leave() {
  trap - ERR; set +e
  [ -z "$daemon" ] || { docker rm -f throughline-all-1 >/dev/null; (cd "$work/src" && dc down -v --timeout 20) >/dev/null 2>&1; kill "$daemon"; wait "$daemon"; umount "$cache/data"; }
  iptables -t nat -D POSTROUTING -s 10.79.0.0/30 -j MASQUERADE; ip link del tl-host; ip netns del $ns
  rm -rf "$work"
} 2>/dev/null
trap leave EXIT
inside() { nsenter --net=/run/netns/$ns "$@"; }
dc() { docker compose --profile demonstration --progress quiet "$@"; }

mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial" "$cache/apt/parts" "$cache/cli-plugins" "$cache/data"
export PATH=$cache/root/usr/bin:$cache/root/usr/sbin:$PATH DOCKER_HOST=unix://$work/docker.sock DOCKER_CONFIG=$cache DEBIAN_FRONTEND=noninteractive
if [ ! -x "$cache/cli-plugins/docker-compose" ]; then
  apt-get -qq update >"$work/apt.log" 2>&1
  apt-get -qq -y --no-install-recommends install iptables iproute2 runc jq curl >>"$work/apt.log" 2>&1
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' 'Label: Debian' | head -n 1)
  # Compose 2 is in the next Debian and needs nothing but libc; bookworm's 1.29 refuses `name:`.
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$cache/apt/next.list"
  next=(-o "Dir::Etc::sourcelist=$cache/apt/next.list" -o "Dir::Etc::sourceparts=$cache/apt/parts" -o "Dir::State::lists=$cache/apt/lists" -o "Dir::Cache=$cache/apt/cache")
  (cd "$work" && apt-get -qq download docker.io containerd tini && apt-get -qq "${next[@]}" update && apt-get -qq "${next[@]}" download docker-compose) >>"$work/apt.log" 2>&1
  for deb in "$work"/*.deb; do dpkg -x "$deb" "$cache/root"; done
  ln -sf ../root/usr/libexec/docker/cli-plugins/docker-compose "$cache/cli-plugins/docker-compose"
fi
say "Docker $(dockerd --version | cut -d' ' -f3 | tr -d ,) and Compose from Debian"

# What a rehearsal left that was killed.
[ -z "$(ip netns pids $ns 2>/dev/null)" ] || cannot 'another rehearsal runs on this machine'
{ ip link del tl-host; ip netns del $ns; } 2>/dev/null || true
ip netns add $ns && ip link add tl-host type veth peer name tl-inside netns $ns && ip addr add 10.79.0.1/30 dev tl-host && ip link set tl-host up
inside sh -c 'ip link set lo up; ip addr add 10.79.0.2/30 dev tl-inside; ip link set tl-inside up; ip route add default via 10.79.0.1'
sysctl -qw net.ipv4.ip_forward=1 && iptables -t nat -A POSTROUTING -s 10.79.0.0/30 -j MASQUERADE
nsenter --net=/run/netns/$ns dockerd -H "$DOCKER_HOST" --data-root "$cache/data" --exec-root "$work/exec" -p "$work/pid" --bip 10.77.0.1/24 --default-address-pool base=10.78.0.0/16,size=24 >"$work/dockerd.log" 2>&1 &
daemon=$!
for _ in $(seq 60); do docker info >/dev/null 2>&1 && break; sleep 0.5; done
say 'the engine answers'
ENGINE=docker bash "$here/base-images.sh" "$project"
say 'base images'

git clone -q "$project" "$work/src" && cd "$work/src" && cp .env.example .env
(cd "$project" && npm run -s secrets) >>.env
# A password as people choose them: base64 and a dollar sign.
printf '%s\n' "POSTGRES_APP_PASSWORD='a/b+c\$d=='" NODE_ENV=development OIDC_JWKS_URL=http://sign-in:4200/jwks QUERY_PAGE=on "REVISION=$(git rev-parse HEAD)" >>.env
dc build >"$work/build.log" 2>&1
say "images: $(docker images --format '{{.Repository}} {{.Size}}' | grep '^throughline' | sort -u | tr '\n' ','); base $(docker images --format '{{.Size}}' node:24-slim)"
dc up -d --wait >"$work/up.log" 2>&1
say 'everything is up and healthy'
ask() { # PERSON QUERY
  local token; token=$(inside curl -sf -m 5 localhost:4200/demonstration/token -H 'content-type: application/json' -d "{\"person\":\"$1\"}" | jq -r .access_token)
  inside curl -s -m 20 localhost:4000/graphql -H "authorization: Bearer $token" -H 'content-type: application/json' -d "$(jq -n --arg q "$2" '{query: $q}')"
}
registered='mutation { registerClient(input: { legalName: "Ada Compose", dateOfBirth: "1991-04-12", needs: [{ category: HOMELESSNESS, clientRank: 1 }] }) { __typename ... on Client { id } } }'
caseload() { ask maria '{ myCaseload(first: 5) { edges { node { client { caseNumber } } } } }' | grep -q 'TL-'; }
story() { ask maria "{ client(id: \"$ada\") { timeline(first: 5) { edges { node { kind } } } } }"; }
heard() { for _ in $(seq 40); do story | grep -q ClientRegistered && return; sleep 1; done; return 1; }
state() { docker inspect -f '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}} {{.State.ExitCode}}' "throughline-$1-1"; }
back() { for _ in $(seq 60); do [ "$(state "$1")" = 'running healthy 0' ] && return; sleep 1; done; return 1; }
check 'the demonstration data are there' caseload
ada=$(ask maria "$registered" | jq -r '.data.registerClient.id // empty')
check 'a client is registered' test -n "$ada"
check 'treatment hears of it through Kafka' heard
for service in treatment kafka postgres; do
  kill -9 "$(docker inspect -f '{{.State.Pid}}' "throughline-$service-1")"
  sleep 1
  check "$service comes back after a crash" back $service
done
check 'the story is still told' heard
check 'a program runs without root' test "$(dc exec -T clients id -u)" = 1000
check 'its file system is read-only' dc exec -T clients sh -c '! touch /throughline/new 2>/dev/null'
parked() { dc exec -T clients node infra/local/src/parked.ts clients list >/dev/null; }
check 'parked facts can be listed inside' parked
check 'the image has no test tool' dc exec -T clients sh -c '! ls node_modules/jest node_modules/testcontainers 2>/dev/null'
dc restart clients >/dev/null 2>&1 && sleep 0.5 && dc stop clients >/dev/null 2>&1
check 'a program that is stopped while it starts leaves in order' test "$(state clients | awk '{print $NF}')" = 0
dc start clients >/dev/null 2>&1
sleep 16 # a consumer that died is missed for 15 s, and nobody leaves in order while it is
dc stop >"$work/stop.log" 2>&1
for service in clients treatment referrals notifications gateway sign-in postgres; do check "$service stops in order" test "$(state $service | awk '{print $NF}')" = 0; done
dc down >"$work/down.log" 2>&1 && dc up -d --wait >"$work/up.log" 2>&1
check 'data outlives the containers' heard
dc stop clients treatment referrals notifications gateway >"$work/stop.log" 2>&1
secret() { grep "^$1=." .env | tail -n 1 | cut -d= -f2-; }
all=(-e PROGRAM=all -e NODE_ENV=development -e KAFKA_BROKERS=kafka:9092 -e OIDC_ISSUER=http://localhost:4200 -e OIDC_JWKS_URL=http://sign-in:4200/jwks)
for service in clients treatment referrals notifications; do
  all+=(-e "${service^^}_DATABASE_URL=postgres://${service}_app@postgres:5432/throughline_$service" -e "${service^^}_DATABASE_PASSWORD=a/b+c\$d==")
done
all+=(-e COUNSELING_DATABASE_URL=postgres://treatment_counseling@postgres:5432/throughline_treatment -e "COUNSELING_DATABASE_PASSWORD=$(secret POSTGRES_COUNSELING_PASSWORD)")
for name in CURSOR_SECRETS WEBHOOK_SECRET_KEYS COUNSELING_NOTE_KEYS; do all+=(-e "$name=$(secret $name)"); done
docker run -d --name throughline-all-1 --network throughline_default -p 4000:4000 --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges "${all[@]}" throughline:local >"$work/all.log"
check 'PROGRAM=all is healthy' back all
check 'it tells the story in one process' heard
docker stop -t 15 throughline-all-1 >/dev/null
check 'it stops in order' test "$(state all | awk '{print $NF}')" = 0
docker rm throughline-all-1 >/dev/null
say "done"
trap - ERR
echo "$passed passed, $failed failed"
[ $failed = 0 ]
