# Orrery as an image: what the package ships, its dependencies, and Node. It asks for keys: say ORRERY_OPERATOR_KEY.
FROM node:20-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build \
 && npm pack --ignore-scripts --pack-destination /tmp \
 && mkdir /orrery \
 && tar -xzf /tmp/orrery-*.tgz -C /orrery --strip-components=1 \
 && npm prune --omit=dev \
 && mv node_modules /orrery/

FROM node:20-slim
ENV NODE_ENV=production ORRERY_HOST=0.0.0.0 ORRERY_PORT=4700 ORRERY_DATA=/data ORRERY_RUNS=/data/runs
COPY --from=build /orrery /orrery
RUN chmod +x /orrery/dist/src/bin.js \
 && ln -s /orrery/dist/src/bin.js /usr/local/bin/orrery \
 && install -d -m 700 -o node -g node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 4700
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
 CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.ORRERY_PORT + '/healthz').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["orrery"]
CMD ["serve"]
