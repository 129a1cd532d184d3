# The worker with its codecs and espeak-ng. Translation runs in a container of its own (deploy/apertium).
#   docker build -t voiceworker .

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY models models
COPY src src
# For one architecture, so that the native libraries of all the others stay out. Builders before BuildKit set no TARGETARCH.
RUN dotnet publish src/VoiceWorker -c Release -a "${TARGETARCH:-amd64}" --no-self-contained -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl espeak-ng ffmpeg \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
# No diagnostics sockets: they would need a writable /tmp, and a debugger has no business here.
ENV DOTNET_EnableDiagnostics=0 VOICEWORKER__Http__Url=http://0.0.0.0:9480
# The image's own user (1654), by number, so that Kubernetes can see that it is not root.
USER $APP_UID
EXPOSE 9480
# Liveness, not readiness: a worker whose broker is away waits for it and must not be restarted.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:9480/health/live"]
ENTRYPOINT ["/app/voiceworker"]
CMD ["run"]
