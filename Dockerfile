# syntax=docker/dockerfile:1
# Chorus in a small image: the one binary, root certificates, a user of its own.
#   docker build --tag chorus .

# The version of rust-toolchain.toml; the Debian below it is the one that the binary runs on.
FROM rust:1.95.0-slim-bookworm AS build
WORKDIR /build
COPY . .
# The caches keep what was downloaded and compiled, so that a change of ours builds ours alone.
# Named apart: without test support, and with the versions of Cargo.lock.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --package chorus \
    && cp target/release/chorus /usr/local/bin/chorus

FROM debian:12.15-slim
# The number is fixed, so that volumes and secrets can be given to it by number.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 chorus \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/chorus \
       --shell /usr/sbin/nologin chorus \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/chorus
COPY --from=build /usr/local/bin/chorus /usr/local/bin/chorus
COPY LICENSE /usr/share/doc/chorus/LICENSE

USER 10001:10001
# Also where chorus.toml is looked for, if there is one.
WORKDIR /var/lib/chorus
# The internal listener stays at 127.0.0.1:8081, inside.
ENV CHORUS_DATA_DIR=/var/lib/chorus \
    CHORUS_WEB__LISTEN=0.0.0.0:8080
# Nothing else is written: the root file system may be read-only.
VOLUME /var/lib/chorus
EXPOSE 8080
STOPSIGNAL SIGTERM
# The first start migrates. A container without the part `web` switches this off.
HEALTHCHECK --interval=15s --timeout=6s --start-period=2m --retries=3 CMD ["chorus", "health"]
ENTRYPOINT ["chorus"]
CMD ["serve"]
