"""A stock Rasa server and its stock action server, as the documentation sets them up."""
