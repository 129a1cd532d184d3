# The worker with its codecs and espeak-ng. Translation runs in a container of its own (deploy/apertium).
#   docker build -t voiceworker .
# For NVIDIA GPUs, from a package feed that has Whisper.net (docker-compose.yml, profile gpu):
#   docker build -t voiceworker-gpu --build-arg GPU=cuda --build-arg BASE=nvidia/cuda:13.0.1-runtime-ubuntu24.04 .
ARG BASE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
# cuda, cuda12 or vulkan, with a BASE that has its libraries; empty for none.
ARG GPU=
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY models models
COPY src src
# Self-contained, and therefore trimmed. Builders before BuildKit set no TARGETARCH.
RUN dotnet publish src/VoiceWorker -c Release -a "${TARGETARCH:-amd64}" --self-contained -p:WhisperNetGpu="${GPU:-}" -o /app

FROM $BASE
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl espeak-ng ffmpeg libgomp1 libssl3t64 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
# No diagnostics sockets: they would need a writable /tmp, and a debugger has no business here.
ENV DOTNET_EnableDiagnostics=0 VOICEWORKER__Http__Url=http://0.0.0.0:9480
# The user of .NET's images, by number: not every base knows its name, and Kubernetes can see that it is not root.
USER 1654:1654
EXPOSE 9480
# Liveness, not readiness: a worker whose broker is away waits for it and must not be restarted.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:9480/health/live"]
ENTRYPOINT ["/app/voiceworker"]
CMD ["run"]
