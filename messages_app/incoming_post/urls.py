"""Addresses of incoming post, at the desk and in the portal."""

from django.urls import path

from messages_app.views import desk_post, portal_post

desk = [
    path("post/", desk_post.index, name="post"),
    path("post/new/", desk_post.new, name="post-new"),
    path("post/<uuid:post_id>/", desk_post.detail, name="post-one"),
    path("post/<uuid:post_id>/scan/", desk_post.scan, name="post-scan"),
    path("post/<uuid:post_id>/pass-on/", desk_post.pass_on, name="post-pass-on"),
    path("post/<uuid:post_id>/lies/", desk_post.lies, name="post-lies"),
    path("post/<uuid:post_id>/left/", desk_post.left, name="post-left"),
]

portal = [
    path("post/", portal_post.index, name="post-portal"),
    path("post/rules/", portal_post.rules, name="post-portal-rules"),
    path("post/<uuid:post_id>/", portal_post.detail, name="post-portal-one"),
    path("post/<uuid:post_id>/wish/", portal_post.wish, name="post-portal-wish"),
]
