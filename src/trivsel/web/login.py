"""The login: the facilitator's key opens everything, for as long as the key stays the same."""

from __future__ import annotations

from trivsel.web.handler import PageHandler, local


class Login(PageHandler):
    """Asks for the key and sends one on to where one was going."""

    open_to_all = True

    def get(self) -> None:
        self._form(wrong=self.get_query_argument("wrong", "") == "1")

    def post(self) -> None:
        if self.entrance.keys.opens(self.get_body_argument("token", "").strip()):
            self.entrance.let_in(self)
            self.redirect(local(self.get_body_argument("next", "/")), status=303)
        else:
            self.set_status(403)
            self._form(wrong=True)

    def _form(self, *, wrong: bool) -> None:
        self.show("login.html", wrong=wrong, onward=local(self.get_argument("next", "/")))


class Logout(PageHandler):
    """Forgets the login of this browser."""

    def post(self) -> None:
        self.entrance.let_out(self)
        self.redirect("/login", status=303)
