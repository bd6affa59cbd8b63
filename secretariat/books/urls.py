"""The books' addresses: a secretary's own hours, the firm's books, the client's bills."""

from django.urls import path

from .views import time, weeks

desk = [
    path("time/", time.week, name="books-time"),
    path("time/confirm/", time.confirm, name="books-time-confirm"),
    path("time/add/", time.add, name="books-time-add"),
    path("time/<uuid:record_id>/correct/", time.correct, name="books-time-correct"),
]

firm = [
    path("books/time/", weeks.listed, name="books-weeks"),
    path("books/time/of/<uuid:secretary_id>/", weeks.one, name="books-week"),
    path("books/time/<uuid:week_id>/approve/", weeks.approve, name="books-week-approve"),
    path("books/time/<uuid:week_id>/send-back/", weeks.send_back, name="books-week-send-back"),
    path("books/time/record/<uuid:record_id>/", weeks.correct, name="books-week-correct"),
]
