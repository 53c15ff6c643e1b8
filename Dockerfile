# haihe in a container: docker build -t haihe . && docker run --rm -p 127.0.0.1:8000:8000 -v "$PWD/articles:/articles:ro" haihe up /articles
FROM python:3.12-slim

RUN useradd --create-home haihe
WORKDIR /app
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY indexer indexer
COPY service service
COPY seeds seeds
# PyTorch's default build carries CUDA, several gigabytes. For a small image give the index of its CPU builds:
# docker build --build-arg PIP_EXTRA_INDEX_URL=… -t haihe .
ARG PIP_EXTRA_INDEX_URL
# Late interaction has fifty lines of C; without a compiler it would run in NumPy, several times slower.
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev \
    && pip install --no-cache-dir . \
    && apt-get purge -y --auto-remove gcc libc6-dev && rm -rf /var/lib/apt/lists/*

RUN install -d -o haihe /index /cache
USER haihe
# Inside the container it listens on all addresses; which of them the host opens is the choice of `docker run -p`.
ENV HAIHE_HOST=0.0.0.0 HAIHE_INDEX=/index/haihe HAIHE_CACHE=/cache
VOLUME ["/index", "/cache"]
EXPOSE 8000
HEALTHCHECK --start-period=120s CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('HAIHE_PORT', '8000') + '/readyz', timeout=2)"]
ENTRYPOINT ["haihe"]
CMD ["up"]
