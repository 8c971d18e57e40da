# Shared by run, test and bench: finds or installs what they need, and says so in words.

say() { printf '%s\n' "$*" >&2; }

need_dotnet() {
  command -v dotnet >/dev/null || { say "The .NET 10 SDK is missing. Install it, then run this again: https://dotnet.microsoft.com/download"; exit 1; }
}

# apt_install PURPOSE PACKAGE…  Installs Debian packages where that is allowed; returns 1, saying what is off, where it is not.
apt_install() {
  local purpose=$1; shift
  if ! command -v apt-get >/dev/null; then say "No apt-get here: $purpose is off. To have it, install: $*"; return 1; fi
  local sudo=
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo=sudo; else say "Not allowed to install packages: $purpose is off. To have it: sudo apt-get install $*"; return 1; fi
  fi
  say "Installing for $purpose: $*"
  local log; log=$(mktemp)
  if $sudo apt-get update -qq >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1; then rm -f "$log"; return 0; fi
  say "Installing failed: $purpose is off. The last lines of apt-get:"; tail -n 5 "$log" >&2; rm -f "$log"; return 1
}

need_browser() {
  command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || apt_install "$1" chromium || return 1
}

# Any browser that the site prints with (Documents/MachineBrowser.cs looks in more places).
has_printing_browser() {
  command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable || command -v microsoft-edge || command -v microsoft-edge-stable \
    || [ -d "/Applications/Google Chrome.app" ] || [ -d "/Applications/Microsoft Edge.app" ] || [ -d "/Applications/Chromium.app" ]
} >/dev/null

need_fonts() {
  [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || apt_install "$1" fontconfig fonts-noto-cjk || return 1
}

# Kai type for certificates, and a font that draws what it lacks, also beyond the basic plane.
need_kai() {
  local fonts; fonts=$(fc-list : family 2>/dev/null) # whole: with pipefail a grep that stops early looks like a failure
  grep -qiE 'wenkai|kaiti' <<<"$fonts" && [ -n "$(fc-list ':charset=2cc56' 2>/dev/null)" ] || apt_install "$1" fontconfig fonts-lxgw-wenkai fonts-hanazono || return 1
}

# pdftotext, pdftoppm and pdfsig read PDFs, draw them and check their signatures independently of the program.
need_pdf_tools() {
  { command -v pdftotext && command -v pdftoppm && command -v pdfsig && command -v pdffonts; } >/dev/null || apt_install "$1" poppler-utils || return 1
}

# need_tsql_parser FOLDER  Installs the T-SQL parser of tests/TSql into an ignored folder and exports where: POINTSMARKET_TSQL.
need_tsql_parser() {
  local purpose="the test of the SQL Server script" here=$1; local folder=$here/artifacts/tsql
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then apt_install "$purpose" nodejs npm || return 1; fi
  mkdir -p "$folder"
  if ! cmp -s "$here/tests/TSql/package-lock.json" "$folder/installed.json"; then
    cp "$here/tests/TSql/package.json" "$here/tests/TSql/package-lock.json" "$folder/"
    say "Installing for $purpose: the packages of tests/TSql"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1) || { say "Installing failed: $purpose is off. The last lines of npm:"; tail -n 5 "$folder/npm.log" >&2; return 1; }
    cp "$folder/package-lock.json" "$folder/installed.json"
  fi
  export POINTSMARKET_TSQL=$folder
}

# Prints the folder of initdb and pg_ctl, or nothing.
postgres_bin() {
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then dirname "$(readlink -f "$(command -v initdb)")"; return; fi
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

# start_postgres  Starts a throw-away PostgreSQL on a free loopback port and exports POINTSMARKET_TEST_POSTGRES.
# The server does not run as root: there it becomes the user "postgres" (or "nobody").
start_postgres() {
  local bin; bin=$(postgres_bin)
  if [ -z "$bin" ]; then apt_install "the tests on PostgreSQL" postgresql || return 1; bin=$(postgres_bin); fi
  PG_DIR=$(mktemp -d); PG_BIN=$bin; PG_AS=
  if [ "$(id -u)" = 0 ]; then
    local user=postgres; id postgres >/dev/null 2>&1 || user=nobody
    chown "$user" "$PG_DIR"; PG_AS="runuser -u $user --"
  fi
  local port; port=$(python3 - 2>/dev/null <<'PY' || echo $((20000 + RANDOM % 20000))
import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])
PY
)
  if ! (cd / && $PG_AS "$bin/initdb" -D "$PG_DIR/data" -U market -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$PG_DIR/log" 2>&1 \
    && $PG_AS "$bin/pg_ctl" -D "$PG_DIR/data" -w -l "$PG_DIR/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" start >>"$PG_DIR/log" 2>&1); then
    say "PostgreSQL did not start:"; cat "$PG_DIR/log" >&2; return 1
  fi
  trap stop_postgres EXIT
  export POINTSMARKET_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=market;Database=postgres"
  say "PostgreSQL for the tests is up on port $port."
}

stop_postgres() {
  [ -n "${PG_DIR:-}" ] || return 0
  (cd / && $PG_AS "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate stop >/dev/null 2>&1); rm -rf "$PG_DIR"; PG_DIR=
}
