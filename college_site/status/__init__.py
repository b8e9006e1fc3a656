"""The state of the site for who keeps the server: the admin's page «Состояние сайта»."""
