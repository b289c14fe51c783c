FROM python:3.11-slim

RUN useradd --system --create-home --home-dir /srv/mailbag mailbag
WORKDIR /srv/mailbag/app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && mkdir -p /srv/mailbag/data \
    && mv /tmp/build/static /srv/mailbag/static \
    && rm -rf /tmp/build \
    && chown -R mailbag /srv/mailbag/data

USER mailbag
ENV DATA_DIR=/srv/mailbag/data STATIC_ROOT=/srv/mailbag/static PYTHONUNBUFFERED=1 PYTHON=python
VOLUME /srv/mailbag/data
CMD ["python", "-m", "gunicorn", "newsroom.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "8", "--workers", "2"]
