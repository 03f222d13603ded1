"""What people and strangers really send. Data only: each catalogue is fed to every form, importer and API it concerns."""
