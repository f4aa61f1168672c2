"""What is a case?"""
