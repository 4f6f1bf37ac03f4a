# syntax=docker/dockerfile:1
FROM python:3.11-slim AS dasar
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

FROM dasar AS pustaka
COPY requirements-uv.txt requirements.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --require-hashes -r requirements-uv.txt \
    && /venv/bin/uv pip install --no-cache --python /venv/bin/python --require-hashes -r requirements.txt \
    && /venv/bin/pip uninstall --yes uv

FROM dasar
RUN useradd --system --uid 10001 --create-home --shell /usr/sbin/nologin integritas \
    && install -d -o integritas -g integritas /data
COPY --from=pustaka /venv /venv
ENV PATH=/venv/bin:$PATH INTEGRITAS_VAR=/data INTEGRITAS_STATIS=/app/statis
COPY manage.py ./
COPY integritas integritas
COPY satker satker
COPY penilaian penilaian
COPY templates templates
COPY static static
COPY docs docs
COPY deploy/sehat.py deploy/sehat.py
# Nothing is known of the installation yet: a throwaway folder, and no secret stays in the image.
RUN INTEGRITAS_VAR=/tmp/bangun python manage.py collectstatic --noinput --verbosity 0 && rm -r /tmp/bangun
USER integritas
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "deploy/sehat.py"]
CMD ["gunicorn", "integritas.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
    "--workers", "2", "--threads", "8", "--timeout", "60", "--graceful-timeout", "20", "--keep-alive", "5", \
    "--worker-tmp-dir", "/dev/shm", "--max-requests", "5000", "--max-requests-jitter", "500", "--no-control-socket"]
