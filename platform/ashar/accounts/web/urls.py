"""Addresses of the account pages, under /<language>/accounts/."""

from django.urls import path

from ashar.accounts.web import views

urlpatterns = [
    path("", views.Account.as_view(), name="account"),
    path("home/", views.Home.as_view(), name="account_home"),
    path("sessions/", views.Sessions.as_view(), name="account_sessions"),
    path("data/", views.Export.as_view(), name="account_export"),
    path("erasure/", views.Erasure.as_view(), name="account_erasure"),
    path("erasure/withdrawal/", views.ErasureWithdrawal.as_view(), name="account_erasure_withdrawal"),
    path("confirm/", views.Confirm.as_view(), name="account_confirm"),
]
