"""The compose file is well formed, and what it mounts, builds and calls exists in this checkout."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.settings import PREFIX, Settings

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMPOSE = DEPLOY / "compose.yaml"


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    """The services by name."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def compose_command() -> list[str]:
    """Whatever Compose is there; skips where none is."""
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    if shutil.which("docker"):
        version = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if version.returncode == 0:
            return ["docker", "compose"]
    pytest.skip("no Compose here (Debian: apt-get install docker-compose)")


def test_compose_itself_accepts_the_file() -> None:
    """Compose reads the file, with every name it refers to, without a complaint."""
    command = [*compose_command(), "-f", str(COMPOSE), "config", "-q"]
    environment = {**os.environ, "TOCSIN_GRAFANA_PASSWORD": "for-the-test"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_password_must_be_chosen() -> None:
    """Without a password for Grafana the file is refused: there is no default one to forget about."""
    command = [*compose_command(), "-f", str(COMPOSE), "config", "-q"]
    environment = {key: value for key, value in os.environ.items() if key != "TOCSIN_GRAFANA_PASSWORD"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert done.returncode != 0
    assert "TOCSIN_GRAFANA_PASSWORD" in done.stderr


def test_what_is_mounted_exists(services: dict[str, dict[str, Any]]) -> None:
    """Each folder of deploy/ that a container mounts is there, read-only and not empty."""
    mounts = [volume for service in services.values() for volume in service.get("volumes", ()) if volume[0] == "."]
    assert len(mounts) == 4
    for mount in mounts:
        source, _target, mode = mount.split(":")
        assert mode == "ro"
        assert any((DEPLOY / source).iterdir()), source


def test_ports_are_open_on_this_machine_only(services: dict[str, dict[str, Any]]) -> None:
    """No container can be reached from another machine."""
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert len(ports) == 4
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_images_are_pinned(services: dict[str, dict[str, Any]]) -> None:
    """Each image has a version, and Kafka's is that of the local broker."""
    images = {name: service["image"] for name, service in services.items()}
    foreign = {image for image in images.values() if not image.startswith("tocsin:")}
    assert all(re.search(r":v?\d+\.\d+\.\d+$", image) for image in foreign), foreign
    pom = (DEPLOY / "kafka" / "pom.xml").read_text()
    assert f"<kafka.version>{images['kafka'].split(':')[1]}</kafka.version>" in pom


@pytest.mark.checkout
def test_settings_and_build_are_those_of_the_program(services: dict[str, dict[str, Any]]) -> None:
    """The containers of ours are told settings that exist, and are built from a Dockerfile that copies what exists."""
    for name in ("topics", "worker"):
        given = {key.removeprefix(PREFIX).lower() for key in services[name]["environment"]}
        assert given <= set(Settings.model_fields)
        context = COMPOSE.parent / services[name]["build"]["context"]
        dockerfile = context / services[name]["build"]["dockerfile"]
        copied = re.findall(r"^COPY (.+) \S+$", dockerfile.read_text(), re.MULTILINE)
        assert len(copied) == 6
        for source in " ".join(copied).split():
            assert (context / source).exists(), source
    told = re.findall(r"(TOCSIN_\w+)=", (DEPLOY / "Dockerfile").read_text())
    assert len(told) == 3
    assert {key.removeprefix(PREFIX).lower() for key in told} <= set(Settings.model_fields)


def test_both_workers_can_be_scraped(services: dict[str, dict[str, Any]]) -> None:
    """Prometheus looks for workers under the name and port that the compose file and the image give them."""
    prometheus = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    jobs = {job["job_name"]: job for job in prometheus["scrape_configs"]}
    (discovery,) = jobs["tocsin"]["dns_sd_configs"]
    assert discovery["names"] == ["worker"]
    assert services["worker"]["deploy"]["replicas"] == 2
    assert f"TOCSIN_PORT={discovery['port']}" in (DEPLOY / "Dockerfile").read_text()
