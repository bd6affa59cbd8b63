# One image for web, live, workers, sweep and migrate. What it runs as is said in docker-compose.yml.

# What npm brings, the typeface and the browser's telephone, from copies of the two locked files.
FROM node:20-bookworm-slim AS npm
WORKDIR /npm
COPY static/package.json static/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm AS dependencies
RUN pip install --no-cache-dir uv==0.13.9
ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-python-downloads --no-default-groups

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin secretariat \
    && install -d -o secretariat -g secretariat /var/lib/secretariat/media /run/prometheus
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=secretariat.settings.production
COPY --from=dependencies /opt/venv /opt/venv
WORKDIR /app
COPY . .
COPY --from=npm /npm/node_modules .local/npm/node_modules
# Hashed names and compressed copies are made here, once, and never at a start.
RUN DJANGO_SETTINGS_MODULE=secretariat.settings.image python manage.py collectstatic --noinput --verbosity 0
USER secretariat
EXPOSE 8000
CMD ["python", "-m", "secretariat.draining", "--interface", "wsgi", "--no-http1-keep-alive", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "8", "secretariat.wsgi:application"]
