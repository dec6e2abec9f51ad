"""Who may do what, given and taken on a Kafka that asks (`tocsin acls`); which role needs which rights: `roles`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kafka.admin import ACL, ACLOperation, ACLPermissionType, ACLResourcePatternType, ResourcePattern, ResourceType
from kafka.errors import ClusterAuthorizationFailedError, KafkaError, NoError, SecurityDisabledError

from streams.admin import Admin, AdminError
from streams.roles import Grant


class AccessError(AdminError):
    """The broker would not give or take rights."""


class AccessAdmin(Admin):
    """An admin who gives and takes rights."""

    def grant(self, given: Iterable[Grant], principal: str) -> None:
        """Give a principal rights; those that it has stay.

        Raises
        ------
        AccessError
            The broker refuses.
        """
        with _about_access():
            failed = self._client.create_acls(list(_acls(given, principal)))["failed"]
            if failed:
                raise failed[0]

    def revoke(self, given: Iterable[Grant], principal: str) -> int:
        """Take rights from a principal; return how many it had.

        Raises
        ------
        AccessError
            The broker refuses.
        """
        taken = 0
        with _about_access():
            for _, matched, failure in self._client.delete_acls(list(_acls(given, principal))):
                if failure is not NoError:
                    raise failure
                taken += len(matched)
        return taken


@contextmanager
def _about_access() -> Iterator[None]:
    try:
        yield
    except SecurityDisabledError as e:
        raise AccessError("the broker has no authorizer: set authorizer.class.name, else everybody may do all") from e
    except ClusterAuthorizationFailedError as e:
        raise AccessError("rights are given by who may alter the cluster: connect as one of Kafka's super users") from e
    except KafkaError as e:
        raise AccessError(f"rights could not be changed: {e}") from e


def _acls(given: Iterable[Grant], principal: str) -> Iterator[ACL]:
    for grant in given:
        pattern = ResourcePattern(
            ResourceType[grant.resource.name],
            grant.name,
            ACLResourcePatternType.PREFIXED if grant.prefixed else ACLResourcePatternType.LITERAL,
        )
        for operation in grant.operations:
            yield ACL(principal, "*", ACLOperation[operation.name], ACLPermissionType.ALLOW, pattern)
