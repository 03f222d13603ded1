"""What the sandbox answers when it says no: Stripe's error object, with the same types and codes."""

from typing import Any, Literal, Self

ErrorType = Literal["api_error", "card_error", "idempotency_error", "invalid_request_error"]


class Fault(Exception):  # noqa: N818 - Stripe's word for it would be Error; this one is an answer
    """An answer with an error object. `kept` says whether an idempotency key remembers it (validation is not kept)."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: ErrorType = "invalid_request_error",
        code: str = "",
        param: str = "",
        kept: bool = True,
    ) -> None:
        self.message, self.status, self.kind, self.code, self.param, self.kept = (
            message,
            status,
            kind,
            code,
            param,
            kept,
        )
        super().__init__(message)

    def body(self, request_id: str) -> dict[str, Any]:
        """Return the JSON body, with only those fields that say something, as Stripe does."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "request_log_url": f"sandbox:{request_id}"}
        if self.code:
            error |= {
                "code": self.code,
                "doc_url": f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}",
            }
        if self.param:
            error["param"] = self.param
        return {"error": error}

    @classmethod
    def missing(cls, noun: str, name: str, *, param: str = "id", status: int = 404) -> Self:
        """Return the answer for an object that is not there."""
        return cls(f"No such {noun}: '{name}'", status=status, code="resource_missing", param=param)


class InvalidParameter(Fault):
    """A parameter that the schema refuses; nothing was begun, so no idempotency key remembers it."""

    def __init__(self, message: str, *, param: str, code: str = "") -> None:
        super().__init__(message, param=param, code=code, kept=False)
