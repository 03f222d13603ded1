"""Accounts: people, how they sign in, what they may.

person         a row of `User`; the e-mail address is the name they sign in by
sign-in        by a code sent by mail, by password, or by passkey; always through allauth, never through an admin's own page
second factor  an authenticator app or a passkey; who works here cannot reach a staff page without it
recovery code  one of ten codes, each good for one sign-in when the second factor is lost
works here     staff: has `is_staff`, may open the Wagtail admin, or has a staff role
role           a group: editor, finance officer, association leader, loan officer, evaluator, auditor
appointing     giving and taking roles: by an administrator, and never one's own
administrator  the person who may do everything; made by `manage.py first_administrator` alone
fresh          signed in with every factor that was asked for, or confirmed again, within the last five minutes; needed to
               touch what guards the account
generation     a number in every session's seal; raising it ends all sessions of a person
"""
