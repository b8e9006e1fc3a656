# Functions that deploy/install, deploy/update and deploy/manage share. Sourced by bash.
# shellcheck shell=bash disable=SC2034

HOME_DIR=/srv/portal          # releases/COMMIT, environments/HASH, links: current, previous, source
SOURCE=$HOME_DIR/source       # the clone of the repository
DATA=/var/lib/portal          # DATA_DIR
BACKUPS=/var/backups/portal
SETTINGS=/etc/portal.env
NGINX_SITE=/etc/nginx/sites-available/portal
CHALLENGES=/var/www/portal-acme
AS_PORTAL=(setpriv --reuid portal --regid portal --clear-groups)
SERVICES=(portal-web.service portal-worker.service portal-copy.service)
UNITS=(portal-web.socket "${SERVICES[@]}" portal-backup.service portal-backup.timer)

say() { printf '%-14s %s\n' "$1" "$2" || true; } # the terminal may be gone

fail() {
    printf 'Error: %s\n' "$*" >&2
    exit 1
}

need_root() {
    [ "$(id -u)" -eq 0 ] || fail "found the user $(id -un), expected root. Try: sudo $0"
}

has_systemd() { [ -d /run/systemd/system ]; }

# Write standard input to the file $1 with the mode $2, if that changes it; whether it did.
write_file() {
    local new
    new=$(mktemp)
    cat >"$new"
    if cmp --silent "$new" "$1"; then
        rm "$new"
        return 1
    fi
    install -D --mode "$2" "$new" "$1"
    rm "$new"
}

# The value of the setting $1 in SETTINGS; nothing if there is none.
read_setting() { [ ! -f "$SETTINGS" ] || sed -n "s/^$1=//p" "$SETTINGS" | tail -n 1; }

# Export all settings. They are not sourced, so that no character of a password means anything.
export_settings() {
    local line
    while IFS= read -r line || [ -n "$line" ]; do
        [[ $line =~ ^[A-Z0-9_]+= ]] || continue
        export "${line%%=*}=${line#*=}"
    done <"$SETTINGS"
    export DATA_DIR=$DATA
}

# Run a command of manage.py of the release $1 as the services do: their user, settings and umask.
manage_release() (
    cd "$HOME_DIR/$1" || exit
    shift
    export_settings
    export HOME=/nonexistent
    umask 0027
    exec "${AS_PORTAL[@]}" .venv/bin/python manage.py "$@"
)

manage() { manage_release current "$@"; }

# Releases -----------------------------------------------------------------------------------------

# Unpack the commit $1 of SOURCE, with an environment for it.
make_release() {
    local target=$HOME_DIR/releases/$1
    if [ -d "$target" ]; then
        say release "already there: $target"
        return
    fi
    rm -rf "$target.new"
    mkdir -p "$target.new"
    git -C "$SOURCE" archive "$1" | tar --extract --directory "$target.new"
    make_environment "$target.new"
    chmod -R u=rwX,go=rX "$target.new"
    mv "$target.new" "$target"
    say release "made $target"
}

# Packages of the lock in the release folder $1; releases with the same lock share an environment.
make_environment() {
    local hash environment
    hash=$({ python3 --version; cat "$1/requirements.lock"; } | sha256sum | cut -c 1-12)
    environment=$HOME_DIR/environments/$hash
    ln -s "$environment" "$1/.venv"
    if [ -f "$environment/complete" ]; then
        say packages "already there: $environment"
        return
    fi
    say packages "installing them, which takes a minute or two"
    python3 -m venv --clear "$environment"
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --requirement "$1/requirements.lock" ||
        fail "the packages could not be installed: the reason stands above. Expected a package" \
            "index within reach (HTTPS_PROXY). Then run the same command again."
    "$environment/bin/python" -m compileall -q "$environment/lib" "$1" >/dev/null || true
    chmod -R u=rwX,go=rX "$environment"
    touch "$environment/complete"
    say packages "installed into $environment"
}

# The commit that the link $1 leads to, current or previous; nothing without one.
linked_commit() { basename "$(readlink "$HOME_DIR/$1" || true)"; }

# Let the link $1 lead to the release $2, in one step.
link_release() {
    ln -s --no-dereference --force "releases/$2" "$HOME_DIR/$1.new"
    mv --no-target-directory "$HOME_DIR/$1.new" "$HOME_DIR/$1"
}

# Add the static files of the release $1 to those that are served, unless they are there already. They
# are collected beside them and moved into their places, so that none is missing meanwhile. The
# manifest, by which pages name them, comes last.
collect_static() {
    local new=$DATA/static.new
    if [ -f "$DATA/static/staticfiles.json" ] && [ "$(cat "$DATA/collected" 2>/dev/null)" = "$1" ]; then
        return
    fi
    rm -rf "$new" "$DATA/collected"
    DATA=$new manage_release "releases/$1" collectstatic --no-input --verbosity 0
    (
        cd "$new/static" || exit
        "${AS_PORTAL[@]}" find . -type d -exec mkdir --parents "$DATA/static/{}" \;
        "${AS_PORTAL[@]}" find . -type f ! -name staticfiles.json -exec mv {} "$DATA/static/{}" \;
        "${AS_PORTAL[@]}" mv staticfiles.json "$DATA/static/"
    )
    rm -rf "$new"
    echo "$1" >"$DATA/collected"
}

# Units and nginx ----------------------------------------------------------------------------------

# Copy units and journald's limits of the current release; whether systemd has them already.
write_units() {
    local unit changed=
    for unit in "${UNITS[@]}"; do
        write_file "/etc/systemd/system/$unit" 644 <"$HOME_DIR/current/deploy/$unit" && changed=yes
    done
    if write_file /etc/systemd/journald.conf.d/portal.conf 644 \
        <"$HOME_DIR/current/deploy/journald.conf"; then
        changed=yes
        ! has_systemd || systemctl restart systemd-journald
    fi
    if [ -z "$changed" ]; then
        say services "already written"
        return
    fi
    say services "wrote the units and journald's limits"
    ! has_systemd || systemctl daemon-reload
}

# nginx.conf of the current release for the hosts $1; with certificate $2 and key $3, or plain HTTP.
make_nginx_site() {
    local first=${1%%,*} names=${1//,/ }
    sed -e "s|server_name college\.example;|server_name $names;|" \
        -e "s|https://college\.example|https://$first|" \
        "$HOME_DIR/current/deploy/nginx.conf" |
        if [ -n "${2:-}" ]; then use_certificate "$2" "$3"; else use_plain_http; fi
}

use_certificate() {
    sed -e "s|^\( *ssl_certificate  *\).*|\1$1;|" -e "s|^\( *ssl_certificate_key  *\).*|\1$2;|" |
        if nginx_is_before 1.25.1; then
            sed -e '/^ *http2 on;/d' -e 's|\(listen .*443 ssl\);|\1 http2;|'
        else
            cat
        fi
}

# Without encryption, and without the first server, which redirects to the encrypted one.
use_plain_http() {
    awk '/^server \{/ { servers++ }
        servers == 1 || /ssl_|http2 on|Strict-Transport-Security/ { next }
        { sub(/443 ssl/, "80"); print }'
}

nginx_is_before() {
    local version
    version=$(nginx -v 2>&1 | sed 's|.*/\([0-9.]*\).*|\1|')
    [ "$version" != "$1" ] && [ "$(printf '%s\n' "$version" "$1" | sort -V | head -n 1)" = "$version" ]
}

# Write the site for the same arguments as make_nginx_site and load it; a refused one changes nothing.
write_nginx_site() {
    local site before=
    site=$(make_nginx_site "$@")
    [ ! -f "$NGINX_SITE" ] || before=$(cat "$NGINX_SITE")
    if ! write_file "$NGINX_SITE" 644 <<<"$site"; then
        say nginx "already written"
        return
    fi
    ln -sf "$NGINX_SITE" /etc/nginx/sites-enabled/portal
    rm -f /etc/nginx/sites-enabled/default
    if ! nginx -q -t; then
        if [ -n "$before" ]; then echo "$before" >"$NGINX_SITE"; else rm "$NGINX_SITE" /etc/nginx/sites-enabled/portal; fi
        fail "nginx refuses its configuration: the reason stands above. The former one was put back."
    fi
    say nginx "wrote $NGINX_SITE"
    ! has_systemd || systemctl reload-or-restart nginx
}

# The site as it is now, from the template of the current release.
renew_nginx_site() {
    write_nginx_site "$(read_setting ALLOWED_HOSTS)" \
        "$(sed -n 's|^ *ssl_certificate  *\(.*\);|\1|p' "$NGINX_SITE")" \
        "$(sed -n 's|^ *ssl_certificate_key  *\(.*\);|\1|p' "$NGINX_SITE")"
}

# Health -------------------------------------------------------------------------------------------

# Whether /healthz answers 200 within $1 seconds, at the portal's own address or the socket $2.
answers_healthz() {
    local end=$((SECONDS + $1)) host
    host=$(read_setting ALLOWED_HOSTS)
    while [ "$SECONDS" -lt "$end" ]; do
        curl --silent --fail --max-time 10 --output /dev/null ${2:+--unix-socket "$2"} \
            --header "Host: ${host%%,*}" http://127.0.0.1:8000/healthz && return
        sleep 0.5
    done
    return 1
}
