from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs herself up: the firm and its clients invite."""

    def is_open_for_signup(self, request):
        return False
