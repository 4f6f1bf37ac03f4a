"""The queue of one computer: kombu's folder of messages, safe against programs that are killed.

Kombu writes a message into the file that others already read. Whoever reads it too early, or after its
writer died, gets half a message and dies of it; with the worker `make run` stops as a whole."""

import json
import logging
import os
from pathlib import Path

from kombu.transport import TRANSPORT_ALIASES, filesystem

logger = logging.getLogger(__name__)
# The name of this queue in CELERY_BROKER_URL.
SKEMA = "antrean"
TRANSPORT_ALIASES[SKEMA] = "integritas.antrean:Transport"


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        """Written apart under a name that nobody reads, then there as a whole."""
        folder = Path(self.data_folder_out)
        nama = f"{filesystem.monotonic() * 1000:.0f}_{filesystem.uuid.uuid4()}.{queue}.msg"
        sementara = folder / f"{nama}.baru"
        try:
            sementara.write_bytes(filesystem.str_to_bytes(filesystem.dumps(payload)))
            os.replace(sementara, folder / nama)
        except OSError as error:
            raise filesystem.ChannelError(f"Cannot add file {nama!r} to directory") from error

    def _get(self, queue):
        """What cannot be read has been taken off the queue: the next one."""
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                logger.warning("pesan antrean %s yang rusak dibuang", queue)

    def get_table(self, exchange):
        try:
            return super().get_table(exchange)
        except ValueError:
            self._mend(exchange)
            return []

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        self._mend(exchange)
        super()._queue_bind(exchange, routing_key, pattern, queue)

    def _mend(self, exchange):
        """A table whose writer died before it was written is empty, and is filled again by the next."""
        try:
            with self._exchange_file(exchange).open("rb+", buffering=0) as berkas:
                filesystem.lock(berkas, filesystem.LOCK_EX)
                try:
                    json.loads(berkas.read())
                except ValueError:
                    berkas.seek(0)
                    berkas.write(b"[]")
                    berkas.truncate()
                finally:
                    filesystem.unlock(berkas)
        except FileNotFoundError:
            return


class Transport(filesystem.Transport):
    Channel = Channel
    # A folder has no host whose name could be missing.
    default_connection_params: dict = {}
